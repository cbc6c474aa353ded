package io.millrace.atomic;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.atomic.CellSubject.Both;
import io.millrace.atomic.ValueFormat.Initial;
import io.millrace.testing.Background;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What threads see of a number that they add to and read could have come about by one operation after the other, each
 * at an instant between its call and its return. Searched for each history as Wing and Gong do: the next operation is
 * one of those that were called before any other returned.
 */
@Timeout(60)
class LinearizabilityTest {
    private static final int THREADS = 3;
    private static final int OPERATIONS = 4;
    private static final int ROUNDS = 1_000;

    @TempDir
    Path directory;

    /** A number of which there are two handles or one. */
    private interface Number {
        /** Adds; the sum. Zero: reads. */
        long add(int handle, int by) throws InterruptedException;
    }

    /** One operation: when it was called and when it returned, by a clock of the test, and what. */
    private record Operation(int called, int returned, int by, long result) { }

    /** Whether there is an order of them; the state behind some of them is what they have added, in whichever order. */
    private static boolean isLinearizable(List<Operation> history, long before) {
        return search(history, before, new BitSet(), new BitSet());
    }

    private static boolean search(List<Operation> history, long state, BitSet done, BitSet tried) {
        if (done.cardinality() == history.size()) {
            return true;
        }
        int mask = done.isEmpty() ? 0 : (int) done.toLongArray()[0];
        if (tried.get(mask)) {
            return false;
        }
        tried.set(mask);
        int firstReturn = Integer.MAX_VALUE;
        for (int i = done.nextClearBit(0); i < history.size(); i = done.nextClearBit(i + 1)) {
            firstReturn = Math.min(firstReturn, history.get(i).returned);
        }
        for (int i = done.nextClearBit(0); i < history.size(); i = done.nextClearBit(i + 1)) {
            Operation next = history.get(i);
            if (next.called < firstReturn && next.result == state + next.by) {
                done.set(i);
                if (search(history, next.result, done, tried)) {
                    return true;
                }
                done.clear(i);
            }
        }
        return false;
    }

    /** What several threads did to it at once, round by round; the first round that no order explains, or null. */
    private static List<Operation> findWrong(Number number, int rounds) throws Exception {
        AtomicInteger clock = new AtomicInteger();
        CyclicBarrier barrier = new CyclicBarrier(THREADS + 1);
        List<List<Operation>> histories = new ArrayList<>();
        List<Background<Void>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            List<Operation> own = new ArrayList<>();
            histories.add(own);
            threads.add(Background.start(() -> {
                while (true) {
                    barrier.await();
                    own.clear();
                    for (int j = 0; j < OPERATIONS; j++) {
                        int by = (thread + j) % 3; // so that each adds and reads
                        int called = clock.getAndIncrement();
                        long result = number.add(thread % 2, by);
                        own.add(new Operation(called, clock.getAndIncrement(), by, result));
                    }
                    barrier.await();
                }
            }));
        }
        try {
            for (int round = 0; round < rounds; round++) {
                long before = number.add(0, 0);
                barrier.await();
                barrier.await();
                List<Operation> history = new ArrayList<>();
                histories.forEach(history::addAll);
                if (!isLinearizable(history, before)) {
                    return history;
                }
            }
            return null;
        } finally {
            threads.forEach(Background::close);
        }
    }

    @ParameterizedTest
    @EnumSource(CellSubject.class)
    void additionsToAValueAreOneAfterTheOther(CellSubject subject) throws Exception {
        Both<SharedLong> both =
            subject.both(new ValueFormat<>(CellType.LONG, Initial.ZERO, SharedLong::new), directory);
        assertThat(findWrong((handle, by) -> {
            SharedLong value = handle == 0 ? both.here() : both.there();
            return by == 0 ? value.get() : value.addAndGet(by);
        }, ROUNDS)).isNull();
    }

    @ParameterizedTest
    @EnumSource(CellSubject.class)
    void updatesOfAStructAreOneAfterTheOther(CellSubject subject) throws Exception {
        Both<SharedStruct> both = subject.both(SharedStruct.format(16), directory);
        assertThat(findWrong((handle, by) -> {
            SharedStruct struct = handle == 0 ? both.here() : both.there();
            if (by == 0) {
                return struct.read(bytes -> bytes.getLong(0) == -bytes.getLong(8) ? bytes.getLong(0) : -1);
            }
            long[] sum = {0};
            struct.update(bytes -> {
                sum[0] = bytes.getLong(0) + by;
                bytes.putLong(0, sum[0]).putLong(8, -sum[0]);
            });
            return sum[0];
        }, ROUNDS)).isNull();
    }

    @ParameterizedTest
    @EnumSource(CellSubject.class)
    void additionsInTwoStepsAreFoundOut(CellSubject subject) throws Exception {
        Both<SharedLong> both =
            subject.both(new ValueFormat<>(CellType.LONG, Initial.ZERO, SharedLong::new), directory);
        assertThat(findWrong((handle, by) -> {
            SharedLong value = handle == 0 ? both.here() : both.there();
            long sum = value.get() + by;
            if (by != 0) {
                Thread.yield();
                value.set(sum);
            }
            return sum;
        }, Integer.MAX_VALUE)).isNotNull();
    }

    @Test
    void aReadThatComesLaterAndSeesLessIsFoundOut() {
        Operation add = new Operation(0, 3, 2, 2);
        assertThat(isLinearizable(List.of(add, new Operation(1, 2, 0, 0)), 0)).isTrue();
        assertThat(isLinearizable(List.of(add, new Operation(1, 2, 0, 2)), 0)).isTrue();
        assertThat(isLinearizable(List.of(add, new Operation(1, 2, 0, 1)), 0)).as("a value that never was").isFalse();
        assertThat(isLinearizable(List.of(add, new Operation(4, 5, 0, 0)), 0)).as("too late").isFalse();
        assertThat(isLinearizable(List.of(add, new Operation(1, 2, 0, 2), new Operation(4, 5, 0, 0)), 0)).isFalse();
    }
}
