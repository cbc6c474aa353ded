package io.millrace.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A codec under test, and its items.
 *
 * @param codec the codec
 * @param edges the smallest item, the largest one, and whatever is special
 * @param maker makes random items
 */
record CodecSubject<E>(Codec<E> codec, List<E> edges, Function<Random, E> maker) {
    static final int LENGTH_MAX = 1 << 18;

    private static final long SEED = Long.getLong("millrace.seed", System.nanoTime());

    static Stream<CodecSubject<?>> all() {
        return Stream.of(
            of(Codecs.bytes(), random -> bytes(random, random.nextInt(200)),
                new byte[0], new byte[1], bytes(new Random(1), LENGTH_MAX)),
            of(Codecs.utf8(), CodecSubject::text, "", "a", "\0", "täglich", "\uFFFD", "€", "\uD83D\uDE00",
                "0123456", "01234567", "012345678", "0123456ä", "ä01234567", "0123456\uD83D\uDE00",
                "x".repeat(LENGTH_MAX), "€".repeat(LENGTH_MAX / 3)),
            of(Codecs.ofBoolean(), Random::nextBoolean, true, false),
            of(Codecs.ofByte(), random -> (byte) random.nextInt(), Byte.MIN_VALUE, Byte.MAX_VALUE),
            of(Codecs.ofShort(), random -> (short) random.nextInt(), Short.MIN_VALUE, (short) -1, (short) 0x00FF,
                Short.MAX_VALUE),
            of(Codecs.ofChar(), random -> (char) random.nextInt(), '\0', 'a', '\u00FF', '\uD800', '\uFFFF'),
            of(Codecs.ofInt(), Random::nextInt, Integer.MIN_VALUE, 0, Integer.MAX_VALUE),
            of(Codecs.ofLong(), Random::nextLong, Long.MIN_VALUE, 0L, Long.MAX_VALUE),
            of(Codecs.ofFloat(), Random::nextFloat, Float.NaN, -0.0f, Float.MIN_VALUE),
            of(Codecs.ofDouble(), Random::nextDouble, Double.NaN, -0.0, Double.POSITIVE_INFINITY),
            of(Codecs.marshallable(Quote.class, Quote::new, Quote.LENGTH), Quote::random, new Quote()),
            of(Codecs.marshallable(Note.class, Note::new, LENGTH_MAX), CodecSubject::note, new Note(),
                Note.of(new long[(LENGTH_MAX - Integer.BYTES) / Long.BYTES])),
            of(Codecs.marshallable(Note.class, Note::new), CodecSubject::note, new Note(),
                Note.of(new long[(LENGTH_MAX - Integer.BYTES) / Long.BYTES])),
            of(Codecs.serializable(Job.class), random -> Job.random(random, 3),
                new Job("", List.of(), Map.of())),
            of(Codecs.serializable(), random -> bytes(random, random.nextInt(200)), "text", 7L, new int[0],
                new byte[LENGTH_MAX - 1000], Thread.State.BLOCKED));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // they are only read
    private static <E> CodecSubject<E> of(Codec<E> codec, Function<Random, E> maker, E... edges) {
        return new CodecSubject<>(codec, Stream.of(edges).toList(), maker);
    }

    /** All edges and some random items, always the same for one seed. */
    List<E> items() {
        Random random = random();
        List<E> items = new ArrayList<>(edges);
        for (int i = 0; i < 200; i++) {
            items.add(maker.apply(random));
        }
        return items;
    }

    Random random() {
        return new Random(SEED);
    }

    /** The item's message, by the way through a buffer. */
    byte[] encoded(E item) {
        return encoded(codec, item);
    }

    static <E> byte[] encoded(Codec<E> codec, E item) {
        try (MessageBuffer buffer = MessageBuffer.borrow()) {
            codec.encode(item, buffer);
            byte[] bytes = new byte[buffer.length()];
            buffer.message().getBytes(0, bytes, 0, bytes.length);
            return bytes;
        }
    }

    static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String text(Random random) {
        int[] limits = {0x80, 0x800, 0xD800, Character.MAX_CODE_POINT + 1};
        int limit = limits[random.nextInt(limits.length)];
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(60); i > 0; i--) {
            int point = random.nextInt(random.nextInt(4) == 0 ? limit : 0x80);
            text.appendCodePoint(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 'x' : point);
        }
        return text.toString();
    }

    private static Note note(Random random) {
        return Note.of(random.longs(random.nextInt(30)).toArray());
    }

    @Override
    public String toString() {
        return codec + (codec instanceof InPlaceCodec ? ", in place" : "") + ", items such as "
            + Arrays.deepToString(new Object[] {edges.get(0)}) + ", millrace.seed=" + SEED;
    }
}
