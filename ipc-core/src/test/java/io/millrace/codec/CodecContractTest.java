package io.millrace.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.memory.Region;
import io.millrace.testing.Background;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every codec, in every sort of memory. */
@Timeout(120)
class CodecContractTest {
    private static final byte GUARD = 0x5A;
    private static final int AROUND = 64;

    @TempDir
    Path directory;

    static Stream<CodecSubject<?>> codecs() {
        return CodecSubject.all();
    }

    static Stream<Arguments> codecsAndPlaces() {
        return Stream.of(Memory.Place.values())
            .flatMap(place -> CodecSubject.all().map(subject -> Arguments.of(subject, place)));
    }

    static Stream<Arguments> codecsInPlaceAndPlaces() {
        return codecsAndPlaces()
            .filter(arguments -> ((CodecSubject<?>) arguments.get()[0]).codec() instanceof InPlaceCodec);
    }

    @ParameterizedTest
    @MethodSource("codecsAndPlaces")
    <E> void itemsArriveAsTheyWere(CodecSubject<E> subject, Memory.Place place) throws Exception {
        Memory memory = Memory.at(place, directory, CodecSubject.LENGTH_MAX + 2 * AROUND);
        Random random = subject.random();
        for (E item : subject.items()) {
            int offset = random.nextInt(AROUND);
            try (MessageBuffer buffer = MessageBuffer.borrow()) {
                subject.codec().encode(item, buffer);
                memory.writing().putBytes(offset, buffer.message(), 0, buffer.length());
                Region message = memory.reading().slice(offset, buffer.length());
                assertSame(subject.codec().decode(message), item);
                assertSame(subject.codec().decodeInto(subject.edges().get(0), message), item);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("codecsInPlaceAndPlaces")
    <E> void whatIsEncodedInPlaceArrivesTooAndNothingAroundItIsTouched(CodecSubject<E> subject,
        Memory.Place place) throws Exception {
        InPlaceCodec<E> codec = (InPlaceCodec<E>) subject.codec();
        Memory memory = Memory.at(place, directory, CodecSubject.LENGTH_MAX + 2 * AROUND);
        Random random = subject.random();
        for (E item : subject.items()) {
            int offset = random.nextInt(AROUND);
            int lengthMax = codec.lengthMax(item);
            memory.writing().fill(0, memory.writing().length(), GUARD);
            int length = codec.encodeInPlace(item, memory.writing().slice(offset, lengthMax));

            assertThat(length).isBetween(0, lengthMax);
            assertSame(codec.decode(memory.reading().slice(offset, length)), item);
            assertThat(bytes(memory.reading(), offset, length)).isEqualTo(subject.encoded(item));
            assertThat(memory.reading().getBytePlain(offset + lengthMax)).isEqualTo(GUARD);
            for (int i = 0; i < offset; i++) {
                assertThat(memory.reading().getBytePlain(i)).isEqualTo(GUARD);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("codecs")
    <E> void everyThreadMayUseTheCodec(CodecSubject<E> subject) throws Exception {
        List<Background<Boolean>> threads = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                threads.add(Background.start(() -> {
                    for (E item : subject.items()) {
                        assertSame(subject.codec().decode(region(subject.encoded(item))), item);
                    }
                    return true;
                }));
            }
            for (Background<Boolean> thread : threads) {
                assertThat(thread.result()).isTrue();
            }
        } finally {
            threads.forEach(Background::close);
        }
    }

    @ParameterizedTest
    @MethodSource("codecs")
    <E> void anIdentityIsOneAndStaysTheSame(CodecSubject<E> subject) {
        assertThat(CodecId.check(subject.codec().id())).isEqualTo(subject.codec().id());
        assertThat(subject.codec().toString()).contains(subject.codec().id());
    }

    @Test
    void identitiesStayWhatTheyAre() {
        assertThat(CodecSubject.all().map(subject -> subject.codec().id()).collect(Collectors.toSet()))
            .containsExactlyInAnyOrder("bytes", "utf-8", "boolean", "byte", "short", "char", "int", "long", "float",
                "double", "bytes-marshallable:io.millrace.codec.Quote", "bytes-marshallable:io.millrace.codec.Note",
                "java-serialization");
    }

    static Region region(byte[] bytes) {
        // One byte more, because a region has at least one; the message is the part before.
        Region region = Region.allocate(bytes.length + 1);
        region.putBytes(0, bytes, 0, bytes.length);
        return region.slice(0, bytes.length);
    }

    private static byte[] bytes(Region region, int offset, int length) {
        byte[] bytes = new byte[length];
        region.getBytes(offset, bytes, 0, length);
        return bytes;
    }

    /** As objects, so that arrays are compared by their elements. */
    private static void assertSame(Object actual, Object expected) {
        assertThat(actual).isEqualTo(expected);
    }
}
