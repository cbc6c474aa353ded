package io.millrace.bench;

import io.millrace.atomic.SharedCounter;
import io.millrace.atomic.SharedLong;
import java.nio.file.Path;
import java.util.Arrays;

/** What is added to in scenario {@code contended-add}. */
enum AddSubject {
    /** One cell, to which two JVMs add. */
    COUNTER("counter") {
        @Override
        Target target(Path domain) {
            return new Cell(SharedLong.builder().domain(domain).name(toString()).createOrOpen());
        }
    },
    /** A counter of several cells, to which two JVMs add. */
    COUNTER_STRIPED("counter-striped") {
        @Override
        Target target(Path domain) {
            return new Stripes(SharedCounter.builder().domain(domain).name(toString()).createOrOpen());
        }
    },
    /** One cell, to which one JVM adds. */
    COUNTER_ALONE("counter-alone") {
        @Override
        Target target(Path domain) {
            return COUNTER.target(domain);
        }
    };

    static final int PAYLOAD_BYTES = Long.BYTES;

    private final String title;

    AddSubject(String title) {
        this.title = title;
    }

    /** A counter, however it is made. Not a lambda around the call: the loop is compiled for each by itself. */
    interface Target extends AutoCloseable {
        /** Adds 1 so many times. */
        void add(int times);

        long sum();

        @Override
        void close();
    }

    abstract Target target(Path domain);

    Row row() {
        return row(title);
    }

    static Row row(String subject) {
        return new Row(Scenario.CONTENDED_ADD, subject, PAYLOAD_BYTES, WaitMode.SPIN);
    }

    static AddSubject of(Row row) {
        return Arrays.stream(values()).filter(subject -> subject.row().equals(row)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no subject '" + row.key() + "'"));
    }

    @Override
    public String toString() {
        return title;
    }

    private record Cell(SharedLong cell) implements Target {
        @Override
        public void add(int times) {
            for (int i = 0; i < times; i++) {
                cell.getAndAdd(1);
            }
        }

        @Override
        public long sum() {
            return cell.get();
        }

        @Override
        public void close() {
            cell.close();
        }
    }

    private record Stripes(SharedCounter counter) implements Target {
        @Override
        public void add(int times) {
            for (int i = 0; i < times; i++) {
                counter.increment();
            }
        }

        @Override
        public long sum() {
            return counter.sum();
        }

        @Override
        public void close() {
            counter.close();
        }
    }
}
