package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.format.Segment;
import io.millrace.format.SegmentFormatException;
import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arbitrary bytes in shared memory: every call works, or says what is damaged. */
@Timeout(60)
class SpscRingFuzzTest {
    private static final int ROUNDS = 300;
    private static final int CALLS = 20;

    @TempDir
    Path directory;

    /** Where the bytes of a ring go wrong. */
    enum Damage {
        FIELDS {
            @Override
            void to(Region body, Random random) {
                int[] fields = {SpscLayout.PRODUCER, SpscLayout.CONSUMER, SpscLayout.CONSUMED,
                    SpscLayout.DATA_SIGNAL, SpscLayout.SPACE_SIGNAL};
                body.putLongPlain(fields[random.nextInt(fields.length)], number(random));
            }
        },
        CAPACITY {
            @Override
            void to(Region body, Random random) {
                body.putIntPlain(SpscLayout.CAPACITY, (int) number(random));
            }
        },
        CONSUMED {
            @Override
            void to(Region body, Random random) {
                body.putLongPlain(SpscLayout.CONSUMED,
                    body.getLongPlain(SpscLayout.CONSUMED) + 8 * (random.nextInt(64) - 32));
            }
        },
        CONTROL_WORDS {
            @Override
            void to(Region body, Random random) {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    long word = random.nextInt(4) == 0 ? number(random)
                        : RecordHeader.of(random.nextInt(4) - 1, 8 * random.nextInt(20));
                    body.putLongPlain(SpscLayout.DATA + 8 * random.nextInt(dataLength(body) / 8), word);
                }
            }
        },
        DATA {
            @Override
            void to(Region body, Random random) {
                byte[] bytes = new byte[dataLength(body)];
                random.nextBytes(bytes);
                body.putBytes(SpscLayout.DATA, bytes, 0, bytes.length);
            }
        },
        CHAIN_WITHOUT_END {
            @Override
            void to(Region body, Random random) {
                for (int at = 0; at < dataLength(body); at += 8) {
                    body.putLongPlain(SpscLayout.DATA + at, RecordHeader.of(at, 8 + 8 * random.nextInt(2)));
                }
            }
        },
        EVERYTHING {
            @Override
            void to(Region body, Random random) {
                byte[] bytes = new byte[body.length()];
                random.nextBytes(bytes);
                body.putBytes(0, bytes, 0, bytes.length);
            }
        };

        abstract void to(Region body, Random random);

        private static int dataLength(Region body) {
            return body.length() - SpscLayout.DATA;
        }

        /** Of any size, and often near a power of two. */
        private static long number(Random random) {
            long number = random.nextInt(3) == 0 ? random.nextLong()
                : (1L << random.nextInt(64)) - random.nextInt(3);
            return random.nextBoolean() ? number & -8 : number;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyCallOnADamagedRingWorksOrSaysWhatIsDamaged(Damage damage) throws IOException {
        for (int seed = 0; seed < ROUNDS; seed++) {
            try {
                damageAndUse(damage, seed);
            } catch (IOException | RuntimeException | Error e) {
                throw new AssertionError(damage + " with seed " + seed, e);
            }
        }
    }

    private void damageAndUse(Damage damage, int seed) throws IOException {
        Random random = new Random(seed);
        Path file = directory.resolve(damage + "-" + seed);
        try (SpscRing ring = SpscRing.create(file, 64L << random.nextInt(4), 8L * random.nextInt(1 << 20));
            Segment segment = Segment.open(file, SpscLayout.KIND)) {
            SpscProducer producer = ring.producer(Owner.of(1));
            SpscConsumer consumer = ring.consumer(Owner.of(2));
            use(ring, producer, consumer, random);

            damage.to(segment.body(), random);
            use(ring, producer, consumer, random);
            try (SpscRing again = SpscRing.open(file)) {
                useByHeirs(again, random);
            } catch (SegmentFormatException e) {
                useByHeirs(ring, random);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void useByHeirs(SpscRing ring, Random random) {
        Owner heir = new Owner(3, id -> random.nextInt(4) != 0);
        tolerate(() -> {
            SpscProducer producer = ring.producer(heir);
            use(ring, producer, null, random);
            producer.close();
        });
        tolerate(() -> {
            SpscConsumer consumer = ring.consumer(heir);
            use(ring, null, consumer, random);
            consumer.close();
        });
    }

    /** A number of random calls on the ring, and on those of its ends that are given. */
    private static void use(SpscRing ring, SpscProducer producer, SpscConsumer consumer, Random random) {
        for (int i = 0; i < CALLS; i++) {
            if (producer != null) {
                tolerate(() -> write(producer, random, ring.messageLengthMax()));
            }
            if (consumer != null && random.nextInt(3) == 0) {
                int limit = random.nextBoolean() ? 1 + random.nextInt(5) : Integer.MAX_VALUE;
                tolerate(() -> consumer.read((type, payload) -> payload.getBytes(0, new byte[1 << 10], 0,
                    payload.length()), limit));
            }
        }
        ring.dump();
        ring.toString();
    }

    private static void write(SpscProducer producer, Random random, int lengthMax) {
        int length = random.nextInt(lengthMax + 1);
        switch (random.nextInt(4)) {
            case 0 -> producer.tryWrite(random.nextInt(100), new byte[length], 0, length);
            case 1 -> producer.publish();
            default -> {
                try (Claim claim = producer.tryClaim(random.nextInt(100), length)) {
                    if (claim != null && random.nextBoolean()) {
                        claim.append();
                    }
                }
            }
        }
    }

    private static void tolerate(Runnable call) {
        try {
            call.run();
        } catch (CorruptRecordException | RoleTakenException e) {
            assertThat(e).hasMessageContainingAll("actual", "expected");
        }
    }
}
