package io.millrace.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.atomic.CellSubject.Both;
import io.millrace.format.CorruptSegmentException;
import io.millrace.memory.MemoryBackend;
import io.millrace.memory.Region;
import io.millrace.ring.Owner;
import io.millrace.testing.Background;
import io.millrace.testing.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Elements of an array of structs are read whole, and know nothing of each other. */
@Timeout(60)
class SharedStructArrayTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final int DEAD = 7;

    @TempDir
    Path directory;

    private static CellFormat<SharedStructArray> format(int... lengths) {
        return SharedStructArray.format(lengths, null);
    }

    @ParameterizedTest
    @EnumSource
    void elementsChangeWholeAndLeaveTheirNeighboursAlone(CellSubject subject) throws Exception {
        Both<SharedStructArray> both = subject.both(format(16, 1, 9, 16), directory);
        SharedStructArray here = both.here();
        SharedStructArray there = both.there();
        assertThat(here.count()).isEqualTo(4);
        assertThat(List.of(here.length(0), here.length(1), here.length(2))).containsExactly(16, 1, 9);
        Runnable work = () -> {
            for (int i = 0; i < 500; i++) {
                int index = i % 4;
                try {
                    there.update(index, buffer -> Arrays.fill(buffer.array(), (byte) (buffer.get(0) + 1)));
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        };
        try (Background<Void> other = Background.start(() -> {
            work.run();
            return null;
        })) {
            work.run();
            for (int i = 0; i < 500; i++) {
                byte[] value = here.get(i % 4);
                assertThat(value).containsOnly(value[0]);
            }
            other.result();
        }
        for (int i = 0; i < 4; i++) {
            assertThat(here.get(i)).hasSize(here.length(i)).containsOnly((byte) 250);
            assertThat(here.version(i)).isEqualTo(250);
        }
    }

    @Test
    void aChangeOfAnElementIsAwaited() throws Exception {
        SharedStructArray array = format(4, 4).over(TestObject.inMemory(format(4, 4)));
        try (Background<Boolean> waiter =
            Background.start(() -> array.await(1, buffer -> buffer.getInt(0) == 5, LONG))) {
            array.update(0, buffer -> buffer.putInt(0, 5));
            array.update(1, buffer -> buffer.putInt(0, 5));
            assertThat(waiter.result()).isTrue();
        }
        assertThat(array.awaitChange(0, 0, LONG)).isTrue();
        assertThat(array.awaitChange(0, 1, Duration.ZERO)).isFalse();
        assertThat(array.<Integer>read(1, buffer -> buffer.getInt(0))).isEqualTo(5);
    }

    @Test
    void aWriterThatDiedInTheMiddleHoldsUpNobody() throws Exception {
        TestObject memory = TestObject.inMemory(format(8, 8));
        TwoBuffers struct = StructTable.of(memory.body(), memory.path()).at(1);
        struct.fill(struct.tryClaim(Owner.of(DEAD)), new byte[] {1, 1, 1, 1, 0, 0, 0, 0});
        boolean[] dead = {false};
        SharedStructArray array = format(8, 8).over(
            new TestObject(memory.body(), new Owner(1, id -> dead[0] && id == DEAD), memory.path()));
        assertThat(array.get(1)).containsOnly(0);
        assertThat(array.set(0, new byte[8], Duration.ZERO)).as("the other element").isTrue();
        assertThat(array.set(1, new byte[8], Duration.ZERO)).as("while it lives").isFalse();
        dead[0] = true;
        assertThat(array.get(1)).containsOnly(0);
        array.set(1, new byte[] {2, 2, 2, 2, 2, 2, 2, 2});
        assertThat(array.get(1)).containsOnly(2);
    }

    @ParameterizedTest
    @EnumSource
    void aJvmThatIsKilledThereLeavesOneOfTheTwoValuesAndTheNeighboursAlone(StructChild.Point point) throws Exception {
        Path file = directory.resolve("array");
        int[] lengths = new int[StructChild.ELEMENTS];
        Arrays.fill(lengths, StructChild.LENGTH);
        TestObject.inFile(format(lengths), file);
        try (ChildJvm child = ChildJvm.of(StructChild.class)
            .with(MemoryBackend.values()[point.ordinal() % MemoryBackend.values().length])
            .start(file, point, "array")) {
            SharedStructArray array = format(lengths).over(TestObject.open(file,
                new Owner(1, id -> id == StructChild.CHILD && child.isDead())));
            child.awaitLine(point.name());
            byte[] expected = new byte[StructChild.LENGTH];
            boolean published = point == StructChild.Point.AFTER_PUBLISH;
            Arrays.fill(expected, (byte) (published ? 7 : 0));
            assertThat(array.get(StructChild.ELEMENT)).as("while the writer stands there").isEqualTo(expected);
            assertThat(array.set(StructChild.ELEMENT, expected, Duration.ofMillis(1)))
                .as("whether the living are passed").isEqualTo(published);
            Arrays.fill(expected, (byte) 9);
            for (int neighbour : new int[] {StructChild.ELEMENT - 1, StructChild.ELEMENT + 1}) {
                assertThat(array.get(neighbour)).containsOnly(0);
                assertThat(array.set(neighbour, expected, Duration.ZERO)).as("the neighbour").isTrue();
            }
            child.kill();
            assertThat(array.get(StructChild.ELEMENT)).containsOnly(published ? 7 : 0);
            assertThat(array.set(StructChild.ELEMENT, expected, LONG)).isTrue();
            for (int i = 0; i < StructChild.ELEMENTS; i++) {
                assertThat(array.get(i)).isEqualTo(expected);
            }
        }
    }

    @Test
    void wrongIndexesAndLengthsAreRefused() throws Exception {
        SharedStructArray array = format(8).over(TestObject.inMemory(format(8)));
        for (int index : new int[] {-1, 1}) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.get(index));
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> array.set(index, new byte[8]));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> array.set(0, new byte[7]));
        assertThatIllegalArgumentException().isThrownBy(() -> SharedStructArray.builder(-1, 8));
        assertThatIllegalArgumentException().isThrownBy(() -> SharedStructArray.builder(1, 0));
        array.close();
        assertThatIllegalStateException().isThrownBy(() -> array.get(0));
        assertThatIllegalStateException().isThrownBy(array::count);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aBodyWithAnotherCountOrLengthIsDamaged(int wrong) {
        for (int offset : new int[] {StructsLayout.COUNT, StructsLayout.LENGTHS + Integer.BYTES}) {
            Region body = TestObject.inMemory(format(16, 16)).body();
            body.putIntPlain(offset, wrong);
            assertThatExceptionOfType(CorruptSegmentException.class)
                .isThrownBy(() -> StructTable.of(body, Path.of("test")));
        }
    }
}
