package io.millrace.codec;

import static io.millrace.codec.CodecSubject.encoded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.MemoryBackend;
import io.millrace.memory.Region;
import io.millrace.testing.ChildJvm;
import io.millrace.testing.ParentJvm;
import java.io.File;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesIn;
import net.openhft.chronicle.bytes.BytesMarshallable;
import net.openhft.chronicle.bytes.BytesOut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that write themselves, also those that do it badly. */
@Timeout(60)
class MarshallableCodecTest {
    private static final int LENGTH = 32;
    private static final byte GUARD = 0x5A;

    /** Does what a test tells it. */
    static final class Puppet implements BytesMarshallable {
        static final ThreadLocal<Consumer<Bytes<?>>> WRITE = new ThreadLocal<>();
        static final ThreadLocal<Consumer<Bytes<?>>> READ = new ThreadLocal<>();

        @Override
        public void writeMarshallable(BytesOut<?> bytes) {
            WRITE.get().accept((Bytes<?>) bytes);
        }

        @Override
        public void readMarshallable(BytesIn<?> bytes) {
            READ.get().accept((Bytes<?>) bytes);
        }
    }

    private static final InPlaceCodec<Puppet> CODEC = Codecs.marshallable(Puppet.class, Puppet::new, LENGTH);

    private final Region around = Region.allocate(3 * LENGTH);
    private final Region message = around.slice(LENGTH, LENGTH);

    private int write(Consumer<Bytes<?>> action) {
        Puppet.WRITE.set(action);
        around.fill(0, around.length(), GUARD);
        return CODEC.encodeInPlace(new Puppet(), message);
    }

    private void read(Consumer<Bytes<?>> action) {
        Puppet.READ.set(action);
        CODEC.decode(message);
    }

    private void assertNothingAroundWasTouched() {
        byte[] bytes = new byte[LENGTH];
        byte[] untouched = new byte[LENGTH];
        Arrays.fill(untouched, GUARD);
        for (int offset : new int[] {0, 2 * LENGTH}) {
            around.getBytes(offset, bytes, 0, LENGTH);
            assertThat(bytes).isEqualTo(untouched);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, LENGTH - 1, LENGTH})
    void anItemMayTakeLessThanTheBound(int length) {
        assertThat(write(bytes -> bytes.write(new byte[length]))).isEqualTo(length);
        long[] remaining = {-1};
        Puppet.READ.set(bytes -> {
            remaining[0] = bytes.readRemaining();
            bytes.readSkip(length);
        });
        CODEC.decode(message.slice(0, length));
        assertThat(remaining[0]).isEqualTo(length);
        assertNothingAroundWasTouched();
    }

    @Test
    void anItemThatIsLongerThanTheBoundIsRefusedAndTouchesNothingElse() {
        for (Consumer<Bytes<?>> tooMuch : Arrays.<Consumer<Bytes<?>>>asList(
            bytes -> bytes.write(new byte[LENGTH + 1]),
            bytes -> bytes.write(new byte[LENGTH]).writeByte((byte) 1),
            bytes -> bytes.writeLong(LENGTH - 4, 1),
            bytes -> bytes.writeLong(-4, 1),
            bytes -> bytes.writeInt(LENGTH, 1),
            bytes -> bytes.writeInt(1L << 40, 1),
            bytes -> bytes.writeLimit(LENGTH + 1),
            bytes -> bytes.writePosition(LENGTH + 1),
            bytes -> bytes.ensureCapacity(1 << 20),
            bytes -> bytes.write8bit("x".repeat(LENGTH)))) {
            assertThatThrownBy(() -> write(tooMuch)).isInstanceOf(EncodingException.class)
                .hasMessageContaining(Puppet.class.getName());
            assertNothingAroundWasTouched();
        }
        assertThat(write(bytes -> bytes.writeInt(1))).as("afterwards").isEqualTo(Integer.BYTES);
    }

    @Test
    void anItemThatReadsMoreThanItsMessageIsRefused() {
        write(bytes -> bytes.write(new byte[LENGTH]));
        for (Consumer<Bytes<?>> tooMuch : Arrays.<Consumer<Bytes<?>>>asList(
            bytes -> bytes.readLong(LENGTH - 4),
            bytes -> bytes.readLong(-4),
            bytes -> bytes.readInt(LENGTH),
            bytes -> bytes.readSkip(LENGTH + 1),
            bytes -> bytes.readPosition(LENGTH + 1),
            bytes -> bytes.readLimit(LENGTH + 1),
            bytes -> bytes.readSkip(LENGTH).readByte())) {
            assertThatThrownBy(() -> read(tooMuch)).isInstanceOf(DecodingException.class);
        }
    }

    @Test
    void anItemThatReadsLessThanItsMessageIsRefusedWithBothLengths() {
        assertThatThrownBy(() -> read(BytesIn::readInt)).isInstanceOf(DecodingException.class)
            .hasMessageContainingAll(CODEC.id(), "actual " + LENGTH, "expected 4");
    }

    @Test
    void whatAnItemThrowsIsTheCause() {
        RuntimeException reason = new UnsupportedOperationException("not now");
        Consumer<Bytes<?>> refusal = bytes -> {
            throw reason;
        };
        assertThatThrownBy(() -> write(refusal)).isInstanceOf(EncodingException.class).hasCause(reason)
            .hasMessageContainingAll(Puppet.class.getName(), "not now");
        assertThatThrownBy(() -> read(refusal)).isInstanceOf(DecodingException.class).hasCause(reason)
            .hasMessageContainingAll(Puppet.class.getName(), "not now");
    }

    @Test
    void bytesThatAnItemKeepsReachNoMemoryAfterwards() {
        Bytes<?>[] kept = new Bytes<?>[1];
        write(bytes -> {
            kept[0] = bytes;
            bytes.write(new byte[LENGTH]);
        });
        for (Consumer<Bytes<?>> late : Arrays.<Consumer<Bytes<?>>>asList(
            bytes -> bytes.writeByte((byte) 1),
            bytes -> bytes.writeByte(0, (byte) 1),
            bytes -> bytes.readLong(0),
            bytes -> bytes.writeLimit(1),
            bytes -> bytes.readPosition(1),
            bytes -> bytes.clear().writeLong(7))) {
            assertThatThrownBy(() -> late.accept(kept[0])).isInstanceOf(RuntimeException.class);
        }
        assertThat(kept[0].readRemaining()).isZero();
        assertNothingAroundWasTouched();
        assertThat(message.getLongPlain(0)).isZero();
    }

    @Test
    void anItemThatReleasesTheBytesHarmsOnlyItself() {
        write(bytes -> bytes.writeInt(1).releaseLast());
        assertThat(write(bytes -> bytes.writeInt(1))).isEqualTo(Integer.BYTES);
    }

    @Test
    void itemsMayContainItems() {
        Random random = new Random();
        Quote inner = Quote.random(random);
        Codec<Quote> quotes = Codecs.marshallable(Quote.class, Quote::new, Quote.LENGTH);
        assertThat(write(bytes -> bytes.write(encoded(quotes, inner)))).isEqualTo(Quote.LENGTH);
        byte[] copy = new byte[Quote.LENGTH];
        message.getBytes(0, copy, 0, copy.length);
        assertThat(quotes.decode(CodecContractTest.region(copy))).isEqualTo(inner);
    }

    @Test
    void whatNoClassCanBeNamedByIsRefused() {
        class Größe implements BytesMarshallable { }
        assertThatThrownBy(() -> Codecs.marshallable(Größe.class, Größe::new))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("identity of a codec", "expected");
        assertThatThrownBy(() -> Codecs.marshallable(Quote.class, Quote::new, -1))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("actual -1", "expected 0 or more");
    }

    @ParameterizedTest
    @EnumSource
    void itemsAreCopiedWhereNoNativeLibraryCanBeLoaded(MemoryBackend backend) throws Exception {
        // The library is unpacked there first.
        try (ChildJvm child = ChildJvm.of(RoundTrip.class).with(backend)
            .property("java.io.tmpdir", "/nonexistent").start()) {
            child.awaitLine(backend + ": arrived");
            child.awaitSuccess();
        }
    }

    /** The child's part. */
    static final class RoundTrip {
        public static void main(String[] arguments) {
            Quote quote = Quote.random(new Random());
            InPlaceCodec<Quote> codec = Codecs.marshallable(Quote.class, Quote::new, LENGTH);
            Region target = Region.allocate(3 * LENGTH).slice(LENGTH, LENGTH);
            for (int i = 0; i < 2; i++) {
                int length = codec.encodeInPlace(quote, target);
                if (length != Quote.LENGTH || !codec.decode(target.slice(0, length)).equals(quote)) {
                    throw new AssertionError(length);
                }
            }
            new ParentJvm().say(MemoryBackend.current() + ": arrived");
        }
    }

    @Test
    void codecsForOtherThingsDoWithoutChronicle() throws Exception {
        String without = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("chronicle") && !entry.contains("slf4j"))
            .collect(Collectors.joining(File.pathSeparator));
        try (ChildJvm child = ChildJvm.of(WithoutChronicle.class).classPath(without).start()) {
            child.awaitLine("no chronicle, bytes, utf-8, long, java-serialization");
            child.awaitSuccess();
        }
    }

    /** The child's part. */
    static final class WithoutChronicle {
        public static void main(String[] arguments) {
            String found = "no chronicle";
            try {
                found = Class.forName("net.openhft.chronicle.bytes.Bytes").getName();
            } catch (ClassNotFoundException e) {
                // As it should be.
            }
            new ParentJvm().say(String.join(", ", found, roundTrip(Codecs.bytes(), new byte[1]),
                roundTrip(Codecs.utf8(), "ä"), roundTrip(Codecs.ofLong(), 7L),
                roundTrip(Codecs.serializable(), "x")));
        }

        private static <E> String roundTrip(Codec<E> codec, E item) {
            codec.decode(CodecContractTest.region(encoded(codec, item)));
            return codec.id();
        }
    }
}
