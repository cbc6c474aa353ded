package io.millrace.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.millrace.memory.Region;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Codecs other than Java serialization allocate the item and nothing else, and nothing where there is one already. */
@Timeout(120)
class CodecAllocationTest {
    private static final int WARM_UP = 50_000;
    private static final int COUNT = 500_000;
    private static final int LENGTH = 64;
    // A String and its array, each with a header, and their alignment.
    private static final int TEXT_OVERHEAD = 48;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path directory;

    private long seen;

    @ParameterizedTest
    @EnumSource
    void bytes(Memory.Place place) throws Exception {
        checkNothing(Codecs.bytes(), new byte[LENGTH], new byte[LENGTH], place);
    }

    @ParameterizedTest
    @EnumSource
    void text(Memory.Place place) throws Exception {
        Memory memory = Memory.at(place, directory, LENGTH);
        for (String item : new String[] {"x".repeat(LENGTH), "täglich €, \uD83D\uDE00 also"}) {
            InPlaceCodec<String> codec = Codecs.utf8();
            int length = codec.lengthMax(item);
            Region target = memory.writing().slice(0, length);
            checkAllocates(0, "encoding " + item, () -> seen += codec.encodeInPlace(item, target));
            checkAllocates(0, "measuring " + item, () -> seen += codec.lengthMax(item));
        }
        Region ascii = memory.reading().slice(0, 10);
        Codecs.utf8().encodeInPlace("0123456789", memory.writing());
        checkAllocates(TEXT_OVERHEAD + 10, "decoding ASCII", () -> seen += Codecs.utf8().decode(ascii).length());
    }

    @ParameterizedTest
    @EnumSource
    void numbers(Memory.Place place) throws Exception {
        // Boxes of these values are there already.
        checkNothing(Codecs.ofLong(), 7L, 7L, place);
        checkNothing(Codecs.ofInt(), 7, 7, place);
        checkNothing(Codecs.ofChar(), 'x', 'x', place);
        checkNothing(Codecs.ofBoolean(), true, true, place);
    }

    @ParameterizedTest
    @EnumSource
    void marshallables(Memory.Place place) throws Exception {
        Quote quote = Quote.random(new Random());
        checkNothing(Codecs.marshallable(Quote.class, Quote::new, Quote.LENGTH), quote, new Quote(), place);
    }

    @ParameterizedTest
    @EnumSource
    void marshallablesOfAnyLength(Memory.Place place) throws Exception {
        Memory memory = Memory.at(place, directory, LENGTH);
        Codec<Quote> codec = Codecs.marshallable(Quote.class, Quote::new);
        Quote quote = Quote.random(new Random());
        Quote target = new Quote();
        Region message = memory.reading().slice(0, Quote.LENGTH);
        checkAllocates(0, "encoding through a buffer", () -> {
            try (MessageBuffer buffer = MessageBuffer.borrow()) {
                codec.encode(quote, buffer);
                memory.writing().putBytes(0, buffer.message(), 0, buffer.length());
            }
            seen += codec.decodeInto(target, message).count;
        });
        assertThat(target).isEqualTo(quote);
    }

    private <E> void checkNothing(InPlaceCodec<E> codec, E item, E target, Memory.Place place) throws Exception {
        int length = codec.lengthMax(item);
        Memory memory = Memory.at(place, Files.createTempDirectory(directory, codec.id().substring(0, 3)), LENGTH);
        Region claim = memory.writing().slice(0, length);
        Region message = memory.reading().slice(0, length);
        checkAllocates(0, codec + ", in place", () -> {
            seen += codec.encodeInPlace(item, claim);
            seen += codec.decodeInto(target, message).hashCode();
        });
        checkAllocates(0, codec + ", through a buffer", () -> {
            try (MessageBuffer buffer = MessageBuffer.borrow()) {
                codec.encode(item, buffer);
                memory.writing().putBytes(0, buffer.message(), 0, buffer.length());
            }
        });
        assertThat((Object) codec.decodeInto(target, message)).isEqualTo(item);
    }

    private static void checkAllocates(int each, String what, Runnable onePass) {
        repeat(onePass, WARM_UP);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        repeat(onePass, COUNT);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        // The measurement itself allocates a little, the paths under test once per message or never.
        assertThat(allocated).as("bytes allocated by %d times %s", COUNT, what).isLessThan(COUNT * (each + 1L));
    }

    private static void repeat(Runnable onePass, int count) {
        for (int i = 0; i < count; i++) {
            onePass.run();
        }
    }
}
