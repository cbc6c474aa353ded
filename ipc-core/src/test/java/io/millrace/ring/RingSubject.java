package io.millrace.ring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Where a ring under test lives, and the position at which it starts. Whatever else is random in a test
 * follows from the position, and that from the seed, which every failure shows.
 */
record RingSubject(Place place, long position) {
    private static final long SEED = Long.getLong("millrace.seed", System.nanoTime());
    private static final int WORD = Long.BYTES;

    enum Place { PRIVATE_MEMORY, ONE_MAPPING, TWO_MAPPINGS }

    /** Every place at a random rotation, and just before every narrower counter would overflow. */
    static Stream<RingSubject> all() {
        Random random = new Random(SEED);
        return Stream.of(Place.values()).flatMap(place -> Stream.of(
            new RingSubject(place, WORD * (long) random.nextInt(1 << 16)),
            new RingSubject(place, (1L << 31) - WORD * (1 + random.nextInt(64))),
            new RingSubject(place, (1L << 32) - WORD * (1 + random.nextInt(64))),
            new RingSubject(place, (Long.MAX_VALUE - (1L << 40) & -WORD) - WORD * random.nextInt(1 << 16))));
    }

    /** Every place, shortly before bit 31, where a test that does a lot passes soon. */
    static Stream<RingSubject> places() {
        return all().filter(subject -> Long.numberOfLeadingZeros(subject.position) == Long.SIZE - 31);
    }

    /** A new ring; {@code directory} has none of its own yet. */
    Handles open(Path directory, long capacity) throws IOException {
        return open(directory.resolve("ring"), capacity, position);
    }

    Handles open(Path file, long capacity, long startPosition) throws IOException {
        if (place == Place.PRIVATE_MEMORY) {
            SpscRing ring = SpscRing.allocate(capacity, startPosition);
            return new Handles(ring, ring);
        }
        SpscRing ring = SpscRing.create(file, capacity, startPosition);
        return new Handles(ring, place == Place.ONE_MAPPING ? ring : SpscRing.open(file));
    }

    Random random() {
        return new Random(position);
    }

    @Override
    public String toString() {
        return place + " from position " + position + ", millrace.seed=" + SEED;
    }

    /** Two handles on one ring, or one handle twice. */
    record Handles(SpscRing writing, SpscRing reading) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            writing.close();
            reading.close();
        }
    }
}
