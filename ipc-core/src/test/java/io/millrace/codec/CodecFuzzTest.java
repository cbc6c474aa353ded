package io.millrace.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes of a message are: an item or a typed exception comes out, and soon. */
@Timeout(120)
class CodecFuzzTest {
    private static final int ROUNDS = 2_000;
    private static final int LENGTH_MAX = 2_000;
    // What one decoding may allocate: the streams, an exception with its trace, what short arrays may ask for.
    private static final long ALLOCATION_MAX = 4 << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<CodecSubject<?>> codecs() {
        return CodecSubject.all();
    }

    /** Those that find the end of an item by themselves. */
    static Stream<CodecSubject<?>> codecsThatKnowTheEnd() {
        return CodecSubject.all()
            .filter(subject -> !subject.codec().id().equals("bytes") && !subject.codec().id().equals("utf-8"));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    <E> void anyBytesAreAnItemOrADecodingException(CodecSubject<E> subject) {
        Random random = subject.random();
        for (int i = 0; i < ROUNDS; i++) {
            decode(subject, CodecSubject.bytes(random, random.nextInt(40)));
        }
    }

    @ParameterizedTest
    @MethodSource("codecs")
    <E> void damagedMessagesAreItemsOrDecodingExceptions(CodecSubject<E> subject) {
        Random random = subject.random();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] message = subject.encoded(subject.maker().apply(random));
            for (int damages = random.nextInt(4); damages >= 0 && message.length > 0; damages--) {
                message[random.nextInt(message.length)] = (byte) random.nextInt();
            }
            decode(subject, message);
        }
    }

    @ParameterizedTest
    @MethodSource("codecsThatKnowTheEnd")
    <E> void aPartOfAMessageIsADecodingException(CodecSubject<E> subject) {
        for (E item : subject.items()) {
            byte[] message = subject.encoded(item);
            for (int length = 0; length < Math.min(message.length, LENGTH_MAX); length += 1 + length / 16) {
                byte[] part = Arrays.copyOf(message, length);
                assertThatThrownBy(() -> subject.codec().decode(CodecContractTest.region(part)))
                    .as("%d of %d bytes of %s", length, message.length, item)
                    .isInstanceOf(DecodingException.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("codecsThatKnowTheEnd")
    <E> void bytesBehindAMessageAreADecodingExceptionThatSaysHowMany(CodecSubject<E> subject) {
        for (E item : subject.items()) {
            byte[] message = subject.encoded(item);
            byte[] longer = Arrays.copyOf(message, message.length + 3);
            assertThatThrownBy(() -> subject.codec().decode(CodecContractTest.region(longer)))
                .isInstanceOf(DecodingException.class)
                .hasMessageContainingAll(subject.codec().id(), "actual " + longer.length, "expected " + message.length);
        }
    }

    private static <E> void decode(CodecSubject<E> subject, byte[] message) {
        tryDecode(subject, message); // not measured: the first time, the JVM loads classes for it
        long before = THREADS.getCurrentThreadAllocatedBytes();
        tryDecode(subject, message);
        // A note believes the count that it reads, up to a bound of its own.
        long more = subject.codec().id().endsWith("Note") ? 8L << 20 : 0;
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
            .as("bytes allocated by %s on %s", subject, Arrays.toString(message)).isLessThan(ALLOCATION_MAX + more);
    }

    private static <E> void tryDecode(CodecSubject<E> subject, byte[] message) {
        try {
            assertThat((Object) subject.codec().decode(CodecContractTest.region(message))).isNotNull();
        } catch (DecodingException e) {
            assertThat(e).hasMessageContaining(subject.codec().id());
        } catch (Throwable e) {
            throw new AssertionError(subject + " throws on " + Arrays.toString(message), e);
        }
    }
}
