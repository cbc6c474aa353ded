package io.millrace.ring;

import io.millrace.ring.RingSubject.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Where an MPMC ring under test lives, how many granules it has, and the position at which it starts: the first in its
 * lap, or any. Rings of a few granules meet the end of a lap more often; a file with so few cannot be opened.
 */
record MpmcSubject(Place place, int granules, long position) {
    static final int GRANULE_LENGTH = 16;

    private static final long SEED = Long.getLong("millrace.seed", System.nanoTime());
    private static final int FEW_GRANULES = 16;
    /** Where the positions of a ring are to end. */
    private static final long POSITION_END = 1L << 43;
    /** The laps that a control word with an owner tells apart, and those that one without does. */
    private static final long OWNED_LAPS = 1L << 8;
    private static final long LAPS = 1L << 34;

    /** Every place at a random rotation, and shortly before every narrower counter would overflow. */
    static Stream<MpmcSubject> all() {
        Random random = new Random(SEED);
        return Stream.of(Place.values()).flatMap(place -> {
            int granules = place == Place.TWO_MAPPINGS ? MpmcGeometry.GRANULES_MIN : FEW_GRANULES;
            int rotation = random.nextInt(granules);
            return LongStream.of(granules + random.nextInt(1 << 20), (OWNED_LAPS - 1) * granules + rotation,
                Math.min(POSITION_END - 3L * granules, (LAPS / 2 - 3) * granules) + rotation,
                (LAPS - 2) * granules + rotation).mapToObj(position -> new MpmcSubject(place, granules, position));
        });
    }

    /** Every place, shortly before an owner's bits of the lap overflow, where a test that does a lot passes soon. */
    static Stream<MpmcSubject> places() {
        return all().filter(subject -> subject.position / subject.granules == OWNED_LAPS - 1);
    }

    Handles open(Path directory) throws IOException {
        return open(directory, MpmcRing.DELIVERIES_MAX);
    }

    /** A new ring; {@code directory} has none of its own yet. */
    Handles open(Path directory, int deliveriesMax) throws IOException {
        MpmcGeometry geometry = new MpmcGeometry(granules, GRANULE_LENGTH, deliveriesMax, 0);
        if (place == Place.PRIVATE_MEMORY) {
            MpmcRing ring = MpmcRing.allocate(geometry, position, 0);
            return new Handles(ring, ring);
        }
        Path file = directory.resolve("ring");
        MpmcRing ring = MpmcRing.create(file, geometry, position, 0, 0);
        return new Handles(ring, place == Place.ONE_MAPPING ? ring : MpmcRing.open(file));
    }

    Random random() {
        return new Random(position);
    }

    @Override
    public String toString() {
        return place + ", " + granules + " granules, from position " + position + ", millrace.seed=" + SEED;
    }

    /** Two handles on one ring, or one handle twice. */
    record Handles(MpmcRing writing, MpmcRing reading) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            writing.close();
            reading.close();
        }
    }
}
