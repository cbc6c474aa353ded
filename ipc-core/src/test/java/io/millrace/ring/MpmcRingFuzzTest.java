package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.format.Segment;
import io.millrace.format.SegmentFormatException;
import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Arbitrary bytes in shared memory: every call works, or says what is damaged, after a bounded number of looks at it.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class MpmcRingFuzzTest {
    private static final int ROUNDS = 1_000;
    private static final int CALLS = 30;
    private static final int GRANULE_LENGTH = 16;
    private static final long SEED = Long.getLong("millrace.seed", System.nanoTime());

    @TempDir
    Path directory;

    /** Counts looks at control words and hints: to look for ever is what a damaged ring must lead nobody to do. */
    private static final class BoundedRecords extends MpmcRecords {
        private final int looksMax;
        private int looks;

        BoundedRecords(Region body, int granules) {
            super(body, MpmcGeometry.read(body), body);
            looksMax = 100 + 40 * granules;
        }

        void startCall() {
            looks = 0;
        }

        @Override
        long word(long position) {
            look();
            return super.word(position);
        }

        @Override
        long hint(int offset) {
            look();
            return super.hint(offset);
        }

        private void look() {
            if (++looks > looksMax) {
                throw new AssertionError("more than " + looksMax + " looks in one call");
            }
        }
    }

    /** Where the bytes of a ring go wrong. */
    enum Damage {
        HINTS {
            @Override
            void to(Region body, int granules, Random random) {
                int[] fields = {MpmcLayout.TAIL, MpmcLayout.HEAD, MpmcLayout.RECLAIMED, MpmcLayout.RETURNED,
                    MpmcLayout.DROPPED};
                for (int i = random.nextInt(3); i >= 0; i--) {
                    int field = fields[random.nextInt(fields.length)];
                    body.putLongPlain(field, random.nextBoolean() ? number(random)
                        : body.getLongPlain(field) + random.nextInt(4 * granules) - 2 * granules);
                }
            }
        },
        CONTROL_WORDS {
            @Override
            void to(Region body, int granules, Random random) {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    int offset = MpmcLayout.RECORDS + MpmcLayout.RECORD_LENGTH * random.nextInt(granules);
                    body.putLongPlain(offset, random.nextInt(3) == 0 ? number(random)
                        : body.getLongPlain(offset) ^ 1L << random.nextInt(Long.SIZE));
                }
            }
        },
        PLAUSIBLE_WORDS {
            @Override
            void to(Region body, int granules, Random random) {
                long lap = body.getLongPlain(MpmcLayout.TAIL) / granules;
                int state = 1 + random.nextInt(5);
                for (int i = 0; i < granules; i++) {
                    state = random.nextInt(4) == 0 ? 1 + random.nextInt(5) : state;
                    long bits = (long) (1 + random.nextInt(3)) << 14 | random.nextInt(4) << 4;
                    long word = state == ControlWord.CLAIMED || state == ControlWord.TAKEN
                        ? ControlWord.withOwner(bits, state, 1 + random.nextInt(4), lap)
                        : ControlWord.withState(bits, state, lap - random.nextInt(2));
                    body.putLongPlain(MpmcLayout.RECORDS + MpmcLayout.RECORD_LENGTH * i, word);
                }
            }
        },
        HINTS_AND_WORDS {
            @Override
            void to(Region body, int granules, Random random) {
                HINTS.to(body, granules, random);
                PLAUSIBLE_WORDS.to(body, granules, random);
            }
        },
        RECORD_HEADERS {
            @Override
            void to(Region body, int granules, Random random) {
                int headers = MpmcLayout.RECORDS + MpmcLayout.HEADER;
                for (int i = 0; i < granules; i++) {
                    body.putLongPlain(headers + i * MpmcLayout.RECORD_LENGTH, random.nextBoolean() ? number(random)
                        : RecordHeader.of(random.nextInt(3) - 1, random.nextInt(64)));
                }
            }
        },
        SIGNALS {
            @Override
            void to(Region body, int granules, Random random) {
                body.putIntPlain(MpmcLayout.DATA_SIGNAL, random.nextInt());
                body.putIntPlain(MpmcLayout.SPACE_SIGNAL, random.nextInt());
            }
        },
        EVERYTHING {
            @Override
            void to(Region body, int granules, Random random) {
                byte[] bytes = new byte[body.length()];
                random.nextBytes(bytes);
                body.putBytes(0, bytes, 0, bytes.length);
            }
        };

        abstract void to(Region body, int granules, Random random);

        /** Of any size, and often near a power of two. */
        static long number(Random random) {
            return random.nextInt(3) == 0 ? random.nextLong() : (1L << random.nextInt(64)) - random.nextInt(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyCallOnADamagedRingEndsAndWorksOrSaysWhatIsDamaged(Damage damage) {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = SEED + round;
            try {
                new Use(new Random(seed)).withDamage(damage);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(damage + " with -Dmillrace.seed=" + seed, e);
            }
        }
    }

    @Test
    void aFileOfArbitraryBytesIsOpenedAndWorksOrIsRefused() throws IOException {
        Path file = directory.resolve("ring");
        MpmcRing.create(file, 1 << 14, GRANULE_LENGTH, 3).close();
        int refused = 0;
        for (int round = 0; round < 300; round++) {
            Random random = new Random(SEED + round);
            try (Segment segment = Segment.open(file, MpmcLayout.KIND)) {
                Region body = segment.body();
                new MpmcGeometry(1024, GRANULE_LENGTH, 3, 0).initialise(body, 1024, 0);
                int fields = 1 + MpmcLayout.RECORDS / Integer.BYTES / (1 + random.nextInt(200));
                int at = Integer.BYTES * random.nextInt(fields);
                body.putIntPlain(at, body.getIntPlain(at) ^ 1 << random.nextInt(Integer.SIZE));
            }
            try (MpmcRing ring = MpmcRing.open(file)) {
                tolerate(() -> ring.producer(Owner.of(1)).tryWrite(1, new byte[3], 0, 3));
                tolerate(() -> ring.consumer(Owner.of(2)).read((type, payload) -> { }, 3));
                tolerate(() -> ring.repair(new Owner(3, id -> true)));
                ring.dump();
            } catch (SegmentFormatException e) {
                assertThat(e).hasMessageContainingAll("actual", "expected");
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 299);
    }

    private static void tolerate(Runnable call) {
        try {
            call.run();
        } catch (CorruptRecordException | OwnerLostException e) {
            assertThat(e).hasMessageContainingAll("actual", "expected");
        }
    }

    /** A ring with two ends each, and arbitrary calls on them. */
    private static final class Use {
        private final Random random;
        private final int granules;
        private final Region body;
        private final MpmcRing ring;
        private final BoundedRecords records;
        private final MpmcProducer[] producers = new MpmcProducer[2];
        private final MpmcConsumer[] consumers = new MpmcConsumer[2];
        private final MpmcClaim[] claims = new MpmcClaim[2];
        private final TakenRecord[] taken = new TakenRecord[2];

        Use(Random random) {
            this.random = random;
            this.granules = 8 << random.nextInt(3);
            MpmcGeometry geometry = new MpmcGeometry(granules, GRANULE_LENGTH, 3, 0);
            this.body = Region.allocate((int) geometry.bodyLength());
            geometry.initialise(body, granules + random.nextInt(1 << 16), 0);
            this.ring = MpmcRing.over(body);
            this.records = new BoundedRecords(body, granules);
            for (int i = 0; i < 2; i++) {
                producers[i] = new MpmcProducer(body, records, Owner.of(1 + i), ring.messageLengthMax());
                consumers[i] = new MpmcConsumer(body, records, Owner.of(3 + i));
            }
        }

        void withDamage(Damage damage) {
            for (int i = 0; i < CALLS; i++) {
                try {
                    call();
                } catch (OwnerLostException e) {
                    assertThat(e).as("of one that was taken for dead").hasMessageContaining("join again");
                }
            }
            damage.to(body, granules, random);
            for (int i = 0; i < 2 * CALLS; i++) {
                tolerate(this::call);
            }
            MpmcConsumer fresh = new MpmcConsumer(body, records, Owner.of(7));
            tolerate(() -> {
                records.startCall();
                fresh.tryTake();
            });
            ring.dump();
            ring.toString();
        }

        private void call() {
            records.startCall();
            int i = random.nextInt(2);
            switch (random.nextInt(8)) {
                case 0, 1 -> write(i);
                case 2 -> claim(i);
                case 3 -> take(i);
                case 4 -> new MpmcRepair(records, new Owner(9, id -> random.nextInt(3) == 0), 3).runOverAll();
                default -> read(i);
            }
        }

        private void write(int i) {
            if (claims[i] == null) {
                int length = random.nextInt(ring.messageLengthMax() + 1);
                producers[i].tryWrite(random.nextInt(100), new byte[length], 0, length);
            } else {
                MpmcClaim claim = claims[i];
                claims[i] = null;
                if (random.nextBoolean()) {
                    claim.commit();
                } else {
                    claim.abort();
                }
            }
        }

        private void claim(int i) {
            if (claims[i] == null) {
                claims[i] = producers[i].tryClaim(random.nextInt(100), random.nextInt(ring.messageLengthMax() + 1));
            }
        }

        private void take(int i) {
            if (taken[i] == null) {
                taken[i] = consumers[i].tryTake();
            }
        }

        private void read(int i) {
            if (taken[i] == null) {
                consumers[i].read((type, payload) -> payload.getBytes(0, new byte[1 << 10], 0, payload.length()),
                    1 + random.nextInt(3));
            } else {
                TakenRecord record = taken[i];
                taken[i] = null;
                if (random.nextBoolean()) {
                    record.release();
                } else {
                    record.giveBack();
                }
            }
        }
    }
}
