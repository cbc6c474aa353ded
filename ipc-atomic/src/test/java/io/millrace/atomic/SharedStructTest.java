package io.millrace.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.atomic.CellSubject.Both;
import io.millrace.memory.MemoryBackend;
import io.millrace.ring.Owner;
import io.millrace.testing.Background;
import io.millrace.testing.ChildJvm;
import io.millrace.testing.Jdk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values of several words are read whole, whoever dies where. */
@Timeout(60)
class SharedStructTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final int PARENT = 1;

    @TempDir
    Path directory;

    /** A child in one or the other memory mode, on one or the other JDK. */
    private static ChildJvm start(int number, Object... arguments) throws IOException {
        Jdk jdk = number / 2 % 2 == 0 ? Jdk.current() : Jdk.other().orElse(Jdk.current());
        return ChildJvm.of(StructChild.class).on(jdk).with(MemoryBackend.values()[number % 2]).start(arguments);
    }

    private static void add(ByteBuffer buffer) {
        buffer.putLong(0, buffer.getLong(0) + 1).putLong(8, buffer.getLong(8) - 1);
    }

    @ParameterizedTest
    @EnumSource(CellSubject.class)
    void updatesAreOneAfterTheOtherAndReadWhole(CellSubject subject) throws Exception {
        int each = 2_000;
        Both<SharedStruct> both = subject.both(SharedStruct.format(24), directory);
        List<Background<Void>> writers = new ArrayList<>();
        for (SharedStruct struct : List.of(both.here(), both.there(), both.here())) {
            writers.add(Background.start(() -> {
                for (int i = 0; i < each; i++) {
                    struct.update(SharedStructTest::add);
                }
                return null;
            }));
        }
        AtomicBoolean over = new AtomicBoolean();
        Background<Void> reader = Background.start(() -> {
            while (!over.get()) {
                assertThat(both.there().<Long>read(value -> value.getLong(0) + value.getLong(8))).isZero();
            }
            return null;
        });
        assertThat(both.here().await(value -> value.getLong(0) == 3 * each, LONG)).isTrue();
        for (Background<Void> writer : writers) {
            writer.result();
        }
        over.set(true);
        reader.result();
        assertThat(both.there().version()).isEqualTo(3 * each);
    }

    @ParameterizedTest
    @EnumSource(CellSubject.class)
    void aWaiterSeesANewVersion(CellSubject subject) throws Exception {
        Both<SharedStruct> both = subject.both(SharedStruct.format(2), directory);
        assertThat(both.here().awaitChange(0, SHORT)).isFalse();
        try (Background<Boolean> waiter = Background.start(() -> both.here().awaitChange(0, LONG))) {
            both.there().set(new byte[] {1, 2});
            assertThat(waiter.result()).isTrue();
        }
        assertThat(both.here().get()).containsExactly(1, 2);
        assertThat(both.here().set(new byte[] {3, 4}, Duration.ZERO)).isTrue();
        assertThat(both.there()).hasToString("SharedStruct[" + both.there().name() + ", 2 bytes, version 2]");
        assertThatIllegalArgumentException().isThrownBy(() -> both.here().set(new byte[3]))
            .withMessageContaining("actual 3, expected 2");
        both.there().close();
        assertThatIllegalStateException().isThrownBy(() -> both.there().get());
        assertThatIllegalStateException().isThrownBy(() -> both.there().set(new byte[2]));
        assertThatIllegalArgumentException().isThrownBy(() -> SharedStruct.builder(0))
            .withMessageContaining("actual 0");
    }

    @Test
    void anUpdateThatThrowsChangesNothingAndHoldsNobodyUp() throws Exception {
        SharedStruct struct = SharedStruct.format(8).over(TestObject.inMemory(SharedStruct.format(8)));
        assertThatIllegalStateException().isThrownBy(() -> struct.update(buffer -> {
            buffer.putLong(0, 9);
            throw new IllegalStateException("as it should");
        }));
        assertThat(struct.version()).isZero();
        assertThat(struct.set(new byte[8], Duration.ZERO)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aJvmThatIsKilledThereLeavesOneOfTheTwoValues(StructChild.Point point) throws Exception {
        Path file = directory.resolve("struct");
        CellFormat<SharedStruct> format = SharedStruct.format(StructChild.LENGTH);
        TestObject.inFile(format, file);
        try (ChildJvm child = start(point.ordinal(), file, point)) {
            SharedStruct struct = format.over(TestObject.open(file,
                new Owner(PARENT, id -> id == StructChild.CHILD && child.isDead())));
            child.awaitLine(point.name());
            byte[] expected = new byte[StructChild.LENGTH];
            Arrays.fill(expected, (byte) (point == StructChild.Point.AFTER_PUBLISH ? 7 : 0));
            assertThat(struct.get()).as("while the writer stands there").isEqualTo(expected);
            assertThat(struct.set(expected, SHORT)).as("whether the living are passed")
                .isEqualTo(point == StructChild.Point.AFTER_PUBLISH);
            child.kill();
            assertThat(struct.get()).isEqualTo(expected);
            Arrays.fill(expected, (byte) 9);
            assertThat(struct.set(expected, LONG)).isTrue();
            assertThat(struct.get()).isEqualTo(expected);
        }
    }

    @Test
    void aJvmThatIsPausedInTheMiddleGoesOnUnharmed() throws Exception {
        Path file = directory.resolve("struct");
        CellFormat<SharedStruct> format = SharedStruct.format(StructChild.LENGTH);
        TestObject.inFile(format, file);
        try (ChildJvm child = start(1, file, StructChild.Point.HALF_FILLED)) {
            SharedStruct struct = format.over(TestObject.open(file, new Owner(PARENT, id -> child.isDead())));
            child.awaitLine(StructChild.Point.HALF_FILLED.name());
            child.pause();
            assertThat(struct.set(new byte[StructChild.LENGTH], Duration.ofMillis(20))).isFalse();
            assertThat(struct.get()).containsOnly(0);
            child.resume();
            child.send("go on");
            child.awaitLine("finished");
            assertThat(struct.get()).containsOnly(7);
        }
    }

    @Test
    void killsAtAnyInstantTearNothing() throws Exception {
        Path file = directory.resolve("struct");
        CellFormat<SharedStruct> format = SharedStruct.format(StructChild.LENGTH);
        TestObject.inFile(format, file);
        for (int kills = 0; kills < 3; kills++) {
            try (ChildJvm child = start(kills, file, "on")) {
                SharedStruct struct = format.over(TestObject.open(file,
                    new Owner(PARENT, id -> id == StructChild.CHILD && child.isDead())));
                child.awaitLine("writing");
                for (long seen = struct.version(), i = 0; i < 200; i++) {
                    assertThat(struct.awaitChange(seen, LONG)).isTrue();
                    seen = struct.version();
                    byte[] value = struct.get();
                    assertThat(value).containsOnly(value[0]);
                }
                child.kill();
                byte[] value = struct.get();
                assertThat(value).containsOnly(value[0]);
                struct.update(buffer -> Arrays.fill(buffer.array(), (byte) (buffer.get(0) + 1)));
                assertThat(struct.get()).containsOnly(value[0] + 1);
            }
        }
    }
}
