package io.millrace.value;

import io.millrace.atomic.ShareableList;
import io.millrace.atomic.SharedLong;
import java.nio.file.Path;
import java.time.Duration;

/** What the children of the tests do to lists, records and shared memory. */
final class ValueWork {
    static final int TEXT_LENGTH = 4000;

    private ValueWork() { }

    /** A record of every type of component. */
    record Everything(boolean flag, byte b, short s, char c, int i, long l, float f, double d,
        @MaxBytes(20) String text, @MaxBytes(5) byte[] bytes) { }

    /** Two numbers that are the same. */
    record Twins(long one, @MaxBytes(30) String other) {
        Twins next() {
            return new Twins(one + 1, Long.toString(one + 1));
        }

        boolean areTwins() {
            return other.equals(Long.toString(one));
        }
    }

    static void writeInto(SharedMemory memory, String text) {
        try (memory) {
            memory.byteBuffer().put(0, text.getBytes());
        }
    }

    static void makeAndSignal(String domain, SharedLong ready) throws InterruptedException {
        SharedMemory memory = SharedMemory.builder(512).domain(Path.of(domain)).create();
        memory.region().putLongVolatile(0, 1);
        ready.set(Long.parseLong(memory.name().replaceAll("\\D", "")));
        ready.awaitChange(ready.get(), Duration.ofMinutes(1));
    }

    static void openAndLook(String domain, String name) {
        try (SharedMemory memory = SharedMemory.builder().domain(Path.of(domain)).name(name).open()) {
            memory.byteBuffer().put(1, (byte) 43);
        }
    }

    /** Writes texts of one letter for ever. */
    static void writeForEver(ShareableList list, SharedRecordArray<Twins> twins, SharedLong rounds)
        throws InterruptedException {
        for (int i = 0;; i++) {
            list.set(0, String.valueOf((char) ('a' + i % 26)).repeat(i * 97 % TEXT_LENGTH));
            twins.update(i % twins.length(), Twins::next);
            rounds.incrementAndGet();
        }
    }
}
