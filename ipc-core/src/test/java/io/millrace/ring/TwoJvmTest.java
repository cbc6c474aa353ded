package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.memory.MemoryBackend;
import io.millrace.testing.ChildJvm;
import io.millrace.testing.Jdk;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One ring in two JVMs, in both memory modes and on two JDKs. */
@Timeout(60)
class TwoJvmTest {
    private static final int CAPACITY = 1 << 13;
    private static final int COUNT = 50_000;
    private static final int IN_FLIGHT_MAX = 40;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void messagesGoToAJvmInTheOtherMemoryModeAndBack(Link.Way way) throws Exception {
        MemoryBackend other =
            MemoryBackend.current() == MemoryBackend.AGRONA ? MemoryBackend.VARHANDLE : MemoryBackend.AGRONA;
        passMessages(Jdk.current(), other, way);
    }

    @ParameterizedTest
    @EnumSource(MemoryBackend.class)
    void messagesGoToAJvmOfTheOtherJdkAndBack(MemoryBackend backend) throws Exception {
        assumeThat(Jdk.other()).as("property " + Jdk.OTHER_JDK).isPresent();
        passMessages(Jdk.other().orElseThrow(), backend, Link.Way.BLOCK);
    }

    @Test
    void aRoleThatAnotherJvmHasIsRefused() throws Exception {
        Path file = directory.resolve("ring");
        try (SpscRing ring = SpscRing.create(file, CAPACITY);
            ChildJvm child = ChildJvm.of(RingChild.class).start("hold", file)) {
            child.awaitLine("holding");
            assertThatThrownBy(() -> ring.producer(Owner.of(1))).isInstanceOf(RoleTakenException.class)
                .hasMessageContainingAll("producer", "owner " + RingChild.OWNER_ID);
            assertThatThrownBy(() -> ring.consumer(Owner.of(1))).isInstanceOf(RoleTakenException.class)
                .hasMessageContainingAll("consumer", "owner " + RingChild.OWNER_ID);

            child.send("close");
            child.awaitSuccess();
            assertThat(ring.producer(Owner.of(1))).isNotNull();
            assertThat(ring.consumer(Owner.of(1))).isNotNull();
        }
    }

    private void passMessages(Jdk jdk, MemoryBackend backend, Link.Way way) throws Exception {
        Path there = directory.resolve("there");
        Path back = directory.resolve("back");
        long seed = System.nanoTime();
        try (SpscRing out = SpscRing.create(there, CAPACITY, seed & 0xFFFF_FFF8L);
            SpscRing in = SpscRing.create(back, CAPACITY, seed & 0xFFF8L);
            ChildJvm child = ChildJvm.of(RingChild.class).on(jdk).with(backend)
                .start("echo", there, back, COUNT, way)) {
            NumberedMessages sent = new NumberedMessages(seed, RingChild.LENGTH_MAX);
            NumberedMessages received = new NumberedMessages(seed, RingChild.LENGTH_MAX);
            NumberedWriter writer = new NumberedWriter(out.producer(Owner.of(1)), sent, 0);
            SpscConsumer consumer = in.consumer(Owner.of(1));
            Link to = new Link(out, way);
            Link from = new Link(in, way);
            child.awaitLine(backend + " on " + jdk.feature());
            long[] number = {0};
            while (number[0] < COUNT) {
                while (writer.next() < COUNT && writer.next() - number[0] < IN_FLIGHT_MAX) {
                    to.write(writer::tryWrite);
                }
                from.read(consumer, (type, payload) -> received.check(number[0]++, type, payload), 10);
            }
            child.awaitLine("done");
            child.send("end");
            child.awaitSuccess();
        }
    }
}
