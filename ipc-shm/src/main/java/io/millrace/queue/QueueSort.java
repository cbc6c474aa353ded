package io.millrace.queue;

import io.millrace.format.SegmentKind;

/** The sorts of queues there are. */
enum QueueSort {
    SHARED(QueueLayout.SHARED) {
        @Override
        Object over(QueueCore<?> core) {
            return new SharedQueue<>(core);
        }
    },
    JOINABLE(QueueLayout.JOINABLE) {
        @Override
        Object over(QueueCore<?> core) {
            return new JoinableQueue<>(core);
        }
    },
    SIMPLE(QueueLayout.SIMPLE) {
        @Override
        Object over(QueueCore<?> core) {
            return new SimpleQueue<>(core);
        }
    };

    private final SegmentKind kind;

    QueueSort(SegmentKind kind) {
        this.kind = kind;
    }

    SegmentKind kind() {
        return kind;
    }

    /** A queue of this sort. */
    abstract Object over(QueueCore<?> core);
}
