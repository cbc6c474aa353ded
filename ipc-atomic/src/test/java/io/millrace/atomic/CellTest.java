package io.millrace.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.atomic.CellSubject.Both;
import io.millrace.atomic.ValueFormat.Initial;
import io.millrace.format.CorruptSegmentException;
import io.millrace.format.Layout;
import io.millrace.memory.Region;
import io.millrace.ring.Owner;
import io.millrace.testing.Background;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Cells beyond their single operations: many threads, bounds, waiting, closing, damage. */
@Timeout(60)
class CellTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration SHORT = Duration.ofMillis(2);

    @TempDir
    Path directory;

    private static final ValueFormat<SharedLong> ONE =
        new ValueFormat<>(CellType.LONG, Initial.ZERO, SharedLong::new);

    private static SharedLong one() throws Exception {
        return ONE.over(TestObject.inMemory(ONE));
    }

    @Test
    void withoutAHomeItIsSaidWhatToAdd() {
        assertThatThrownBy(() -> SharedInt.create(1)).isInstanceOf(NoCellHomeException.class)
            .hasMessageContaining("ipc-shm").hasMessageContaining("Cells.create");
        assertThatThrownBy(() -> SharedLongArray.builder().name("a").open()).isInstanceOf(NoCellHomeException.class);
        assertThatIllegalStateException().isThrownBy(() -> SharedLongArray.builder().open())
            .withMessageContaining("by its name");
    }

    @ParameterizedTest
    @EnumSource(CellSubject.class)
    void threadsThatAddLoseNothingAlsoOfNeighboursInOneWord(CellSubject subject) throws Exception {
        int each = 20_000;
        Both<SharedByteArray> both = subject.both(
            new ValueFormat<>(CellType.BYTE, 4, Initial.ZERO, SharedByteArray::new), directory);
        List<Background<Void>> adders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int index = i;
            SharedByteArray cells = i % 2 == 0 ? both.here() : both.there();
            adders.add(Background.start(() -> {
                for (int n = 0; n < each; n++) {
                    cells.incrementAndGet(index);
                    cells.getAndAdd(3 - index, 2);
                }
                return null;
            }));
        }
        for (Background<Void> adder : adders) {
            adder.result();
        }
        byte expected = (byte) (3 * each);
        assertThat(both.here().toArray()).containsExactly(expected, expected, expected, expected);
    }

    @Test
    void elementsOutsideOfAnArrayAreRefused() throws Exception {
        ValueFormat<SharedShortArray> format =
            new ValueFormat<>(CellType.SHORT, 3, Initial.ZERO, SharedShortArray::new);
        SharedShortArray cells = format.over(TestObject.inMemory(format));
        for (int index : new int[] {-1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> cells.get(index)).isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("actual " + index).hasMessageContaining("expected 0 to 2");
            assertThatThrownBy(() -> cells.getAndAdd(index, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> SharedShortArray.builder(-1))
            .withMessageContaining("actual -1");
    }

    @Test
    void anArrayMayBeEmpty() throws Exception {
        ValueFormat<SharedIntArray> format = new ValueFormat<>(CellType.INT, 0, Initial.ZERO, SharedIntArray::new);
        SharedIntArray cells = format.over(TestObject.inMemory(format));
        assertThat(cells.length()).isZero();
        assertThat(cells.toArray()).isEmpty();
        assertThatThrownBy(() -> cells.get(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void paddedElementsHaveCacheLinesOfTheirOwn() throws Exception {
        ValueFormat<SharedIntArray> format = new ValueFormat<>(CellType.INT, 3, Initial.ZERO, SharedIntArray::new);
        format.pad();
        TestObject object = TestObject.inMemory(format);
        SharedIntArray cells = format.over(object);
        cells.set(2, 7);
        assertThat(object.body().getIntPlain(ValueLayout.CELLS + 2 * Layout.CACHE_LINE_PAIR)).isEqualTo(7);
        assertThat(cells.toArray()).containsExactly(0, 0, 7);
        assertThatIllegalStateException().isThrownBy(() -> SharedInt.builder(1).padded());
        assertThatIllegalStateException().isThrownBy(() -> SharedCounter.builder().padded());
    }

    @Test
    void doublesAreComparedByTheirBits() throws Exception {
        ValueFormat<SharedDouble> format = new ValueFormat<>(CellType.DOUBLE, Initial.ZERO, SharedDouble::new);
        SharedDouble cell = format.over(TestObject.inMemory(format));
        assertThat(cell.compareAndSet(-0.0, 1)).isFalse();
        cell.set(Double.NaN);
        assertThat(cell.compareAndExchange(Double.NaN, -0.0)).isNaN();
        assertThat(cell.getAndMax(0.0)).isEqualTo(-0.0);
        assertThat(Double.doubleToRawLongBits(cell.get())).isZero();
        cell.getAndMin(Double.NaN);
        assertThat(cell.get()).isNaN();
    }

    @ParameterizedTest
    @EnumSource(CellSubject.class)
    void aWaiterSeesTheChangeThatItWaitsFor(CellSubject subject) throws Exception {
        Both<SharedLong> both = subject.both(ONE, directory);
        assertThat(both.here().await(value -> value == 3, SHORT)).isFalse();
        assertThat(both.here().awaitChange(0, Duration.ZERO)).isFalse();
        try (Background<Boolean> waiter = Background.start(() -> both.here().await(value -> value >= 3, LONG));
            Background<Boolean> changed = Background.start(() -> both.here().awaitChange(0, LONG))) {
            both.there().set(1);
            assertThat(changed.result()).isTrue();
            both.there().incrementAndGet();
            assertThat(both.there().compareAndSet(2, 3)).isTrue();
            assertThat(waiter.result()).isTrue();
        }
        try (Background<Boolean> waiter = Background.start(() -> both.here().awaitChange(3, LONG))) {
            both.there().setRelease(4); // wakes nobody, and is seen when the slice ends
            assertThat(waiter.result()).isTrue();
        }
    }

    @Test
    void aWaiterEndsWhenItsHandleIsClosedOrItIsInterrupted() throws Exception {
        SharedLong cell = one();
        try (Background<Boolean> waiter = Background.start(() -> cell.awaitChange(0, LONG))) {
            waiter.interrupt();
            assertThatThrownBy(waiter::result).isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        }
        try (Background<Boolean> waiter = Background.start(() -> cell.awaitChange(0, LONG))) {
            cell.close();
            assertThatThrownBy(waiter::result).hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aClosedHandleRefusesEveryCall() throws Exception {
        SharedLong cell = one();
        cell.set(5);
        assertThat(cell).hasToString("SharedLong[test, 5]");
        cell.close();
        cell.close();
        assertThatIllegalStateException().isThrownBy(cell::get).withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> cell.setPlain(1));
        assertThatIllegalStateException().isThrownBy(() -> cell.awaitChange(1, SHORT));
        assertThatIllegalStateException().isThrownBy(cell::remove);
        assertThat(cell).hasToString("SharedLong[test, closed]");
    }

    @ParameterizedTest
    @CsvSource({"-1, 8", "2, 8", "1, 4", "1, 0", "1, 12", "1, 256", "1, -8", "2147483647, 128"})
    void aBodyThatContradictsItselfIsRefused(int count, int stride) {
        TestObject object = TestObject.inMemory(ONE);
        object.body().putIntPlain(ValueLayout.COUNT, count);
        object.body().putIntPlain(ValueLayout.STRIDE, stride);
        assertThatThrownBy(() -> ONE.over(object)).isInstanceOf(CorruptSegmentException.class);
        assertThatThrownBy(() -> CellInspector.look("long", object.body(), object.path()))
            .isInstanceOf(CorruptSegmentException.class);
    }

    @Test
    void randomBytesAreRefusedOrHarmless() {
        Random random = new Random();
        for (int round = 0; round < 500; round++) {
            byte[] bytes = new byte[1 + random.nextInt(1000)];
            random.nextBytes(bytes);
            for (int i = 0; i < 12 && random.nextBoolean() && bytes.length > 16; i++) {
                bytes[i] = (byte) (i % 4 == 0 ? 1 << random.nextInt(8) : 0);
            }
            Region body = Region.allocate(bytes.length);
            body.putBytes(0, bytes, 0, bytes.length);
            TestObject object = new TestObject(body, Owner.of(1), Path.of("fuzz"));
            for (String kind : List.of("long", "byte-array", "counter", "struct", "cells")) {
                try {
                    ((SharedCells) CellFormats.of(kind).over(object)).contents();
                    CellInspector.look(kind, body, object.path());
                } catch (CorruptSegmentException e) {
                    assertThat(e).hasMessageContaining("fuzz");
                } catch (java.io.IOException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CellSubject.class)
    void aStripedCounterIsExactWhenItIsQuiet(CellSubject subject) throws Exception {
        Both<SharedCounter> both = subject.both(SharedCounter.format(4), directory);
        List<Background<Void>> adders = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            SharedCounter counter = i % 2 == 0 ? both.here() : both.there();
            adders.add(Background.start(() -> {
                for (int n = 0; n < 10_000; n++) {
                    counter.increment();
                    counter.add(2);
                    counter.decrement();
                }
                return null;
            }));
        }
        assertThat(both.here().await(sum -> sum == 120_000, LONG)).isTrue();
        for (Background<Void> adder : adders) {
            adder.result();
        }
        assertThat(both.there().sum()).isEqualTo(120_000);
        assertThatIllegalArgumentException().isThrownBy(() -> SharedCounter.builder(3)).withMessageContaining("3");
    }
}
