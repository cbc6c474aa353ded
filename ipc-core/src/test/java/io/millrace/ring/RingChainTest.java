package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chains of rings in files, with two handles each; also such as lost a ring, or lead nowhere. */
@Timeout(60)
class RingChainTest {
    private static final Owner OWNER = Owner.of(1);
    private static final int CAPACITY = 1 << 16;
    private static final int LENGTH = 1_000;

    @TempDir
    Path directory;

    private final Region anchor = Region.allocate(RingChain.anchorLength());
    private final IntFunction<Path> names = id -> directory.resolve("ring-" + id);
    private RingChain first;
    private RingChain second;
    private ChainProducer producer;
    private ChainConsumer consumer;

    @BeforeEach
    void create() throws IOException {
        ChainOptions options = ChainOptions.DEFAULT.withCapacity(CAPACITY).withBytesMax(CAPACITY * 7);
        first = RingChain.create(anchor, names, OWNER, options);
        second = RingChain.open(anchor, directory, names);
        producer = first.producer(OWNER);
        consumer = second.consumer(OWNER);
    }

    private long count() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }

    private int fill() {
        int written = 0;
        while (producer.tryWrite(written & 0xFF, new byte[LENGTH], 0, LENGTH)) {
            written++;
        }
        return written;
    }

    @Test
    void growsUpToItsLimitOfBytesAndShrinksToOneRing() throws IOException {
        int written = fill();
        assertThat((long) written * LENGTH).isBetween(CAPACITY * 6L, CAPACITY * 7L);
        assertThat(count()).isEqualTo(3);
        assertThat(second.size()).isEqualTo(written);
        int[] read = {0};
        assertThat(consumer.read((type, payload) -> assertThat(type).isEqualTo(read[0]++ & 0xFF), Integer.MAX_VALUE))
            .isEqualTo(written);
        assertThat(second.size()).isZero();
        assertThat(second.isOver()).isTrue();
        first.retire();
        assertThat(count()).isEqualTo(1);
        assertThat(fill()).as("room in the last ring, the largest, and those that are made anew").isPositive();
    }

    @Test
    void idsAreNotUsedUpByAttemptsInVain() {
        fill();
        int last = anchor.getIntPlain(ChainLayout.LAST_ID);
        for (int i = 0; i < 100; i++) {
            assertThat(producer.tryWrite(0, new byte[LENGTH], 0, LENGTH)).isFalse();
        }
        assertThat(anchor.getIntPlain(ChainLayout.LAST_ID)).isEqualTo(last);
    }

    @Test
    void missingRingIsAnExceptionForEverybodyWhoHasNotPassedIt() throws IOException {
        fill();
        Files.delete(names.apply(2));
        RingChain third = RingChain.open(anchor, directory, names);
        Stream<ThrowingCallable> calls = Stream.of(() -> consumer.read((type, payload) -> { }, Integer.MAX_VALUE),
            consumer::tryTake, second::size, second::isOver, () -> second.repair(OWNER),
            () -> third.producer(OWNER).tryWrite(0, new byte[LENGTH], 0, LENGTH));
        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(UncheckedIOException.class)
            .hasCauseInstanceOf(FileNotFoundException.class).hasMessageContaining("ring 2"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1, -5, -2_000_000_000})
    void endThatLeadsBackIsAnException(int next) {
        MpmcRing ring = first.firstRing();
        MpmcProducer raw = ring.producer(OWNER);
        assertThat(raw.space().tryEnd(next, ring.items())).isTrue();
        RingChain third = RingChain.open(anchor, new FileRingStore(names));
        Stream<ThrowingCallable> calls = Stream.of(consumer::tryTake, second::size, second::isOver, second::retire,
            () -> producer.tryWrite(0, new byte[1], 0, 1), () -> third.consumer(OWNER).tryTake());
        assertThat(calls).allSatisfy(call ->
            assertThatThrownBy(call).isInstanceOf(CorruptRecordException.class).hasMessageContaining("ring 1"));
    }

    @Test
    void ownerThatCannotBeIsDamage() {
        Owner knowing = new Owner(1, id -> {
            throw new IllegalArgumentException("nobody has id " + id);
        });
        ChainProducer other = first.producer(Owner.of(77));
        other.tryClaim(0, 1);
        assertThatThrownBy(() -> second.repair(knowing)).isInstanceOf(CorruptRecordException.class)
            .hasMessageContaining("nobody has id 77");
    }
}
