package io.millrace.ring;

import io.millrace.wait.Signal;
import io.millrace.wait.Timeouts;
import io.millrace.wait.Waiter;
import java.util.function.BooleanSupplier;

/** Reading and writing that waits, as tests between two JVMs need it. For one thread. */
final class Link {
    private final Way way;
    private final Signal data;
    private final Signal space;
    private final Waiter waiterForData;
    private final Waiter waiterForSpace;

    Link(SpscRing ring, Way way) {
        this.way = way;
        this.data = new Signal(ring.dataSignalWord());
        this.space = new Signal(ring.spaceSignalWord());
        this.waiterForData = way.waiter(data);
        this.waiterForSpace = way.waiter(space);
    }

    /** How to wait for the other JVM. */
    enum Way {
        SPIN,
        BLOCK;

        private static final boolean CORES_TO_SPARE = Runtime.getRuntime().availableProcessors() > 2;

        Waiter waiter(Signal signal) {
            if (this == BLOCK) {
                return Waiter.blocking(signal);
            }
            // Two who spin on two cores, with others on the machine, wait for the scheduler most of the time.
            return CORES_TO_SPARE ? Waiter.spinning() : Waiter.backingOff();
        }
    }

    /** Makes an attempt to write until it succeeds, and wakes the reader. */
    void write(BooleanSupplier attempt) throws InterruptedException {
        waiterForSpace.await(attempt, Timeouts.FOREVER);
        if (way == Way.BLOCK) {
            data.raise();
        }
    }

    /** Waits for one record at least, passes on what is there up to the limit, and wakes the writer. */
    int read(SpscConsumer consumer, RecordHandler handler, int limit) throws InterruptedException {
        int[] count = {0};
        waiterForData.await(() -> {
            count[0] = consumer.read(handler, limit);
            return count[0] != 0;
        }, Timeouts.FOREVER);
        if (way == Way.BLOCK) {
            space.raise();
        }
        return count[0];
    }
}
