package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compare-and-set, get-and-add, and the alignment that they and the ordered accesses need. */
interface RegionAtomicContract extends RegionSubject {
    int ADDITIONS = 20_000;
    int HANDOVERS = 2_000;

    @Test
    default void compareAndSetIntWritesOnlyOverTheExpectedValue() throws IOException {
        Region region = region(16);
        region.putIntPlain(4, 7);
        assertThat(region.compareAndSetInt(4, 8, 9)).isFalse();
        assertThat(peer().getIntVolatile(4)).isEqualTo(7);
        assertThat(peer().compareAndSetInt(4, 7, Integer.MIN_VALUE)).isTrue();
        assertThat(region.getIntVolatile(4)).isEqualTo(Integer.MIN_VALUE);
        assertThat(region.getIntPlain(0)).isZero();
        assertThat(region.getIntPlain(8)).isZero();
    }

    @Test
    default void compareAndSetLongWritesOnlyOverTheExpectedValue() throws IOException {
        Region region = region(24);
        region.putLongPlain(8, 7);
        assertThat(region.compareAndSetLong(8, 7L + (1L << 32), 9)).isFalse();
        assertThat(peer().getLongVolatile(8)).isEqualTo(7);
        assertThat(peer().compareAndSetLong(8, 7, Long.MIN_VALUE)).isTrue();
        assertThat(region.getLongVolatile(8)).isEqualTo(Long.MIN_VALUE);
        assertThat(region.getLongPlain(0)).isZero();
        assertThat(region.getLongPlain(16)).isZero();
    }

    @Test
    default void getAndAddIntReturnsTheValueBeforeAndWrapsAround() throws IOException {
        Region region = region(12);
        region.putIntPlain(4, Integer.MAX_VALUE);
        assertThat(region.getAndAddInt(4, 1)).isEqualTo(Integer.MAX_VALUE);
        assertThat(peer().getAndAddInt(4, -1)).isEqualTo(Integer.MIN_VALUE);
        assertThat(region.getAndAddInt(4, 0)).isEqualTo(Integer.MAX_VALUE);
        assertThat(region.getIntPlain(0)).isZero();
        assertThat(region.getIntPlain(8)).isZero();
    }

    @Test
    default void getAndAddLongReturnsTheValueBeforeAndWrapsAround() throws IOException {
        Region region = region(24);
        region.putLongPlain(8, Long.MAX_VALUE);
        assertThat(region.getAndAddLong(8, 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(peer().getAndAddLong(8, -1)).isEqualTo(Long.MIN_VALUE);
        assertThat(region.getAndAddLong(8, 0)).isEqualTo(Long.MAX_VALUE);
        assertThat(region.getLongPlain(0)).isZero();
        assertThat(region.getLongPlain(16)).isZero();
    }

    @Test
    default void noAdditionIsLostBetweenTwoThreadsOnTheRegionAndItsPeer() throws Exception {
        Region region = region(32);
        List<Thread> threads = List.of(adder(region), adder(peer()));
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(region.getIntVolatile(0)).isEqualTo(2 * ADDITIONS);
        assertThat(region.getLongVolatile(8)).isEqualTo(2L * ADDITIONS);
        assertThat(region.getIntVolatile(16)).isEqualTo(2 * ADDITIONS);
        assertThat(region.getLongVolatile(24)).isEqualTo(2L * ADDITIONS);
    }

    private static Thread adder(Region region) {
        return new Thread(() -> {
            for (int i = 0; i < ADDITIONS; i++) {
                region.getAndAddInt(0, 1);
                region.getAndAddLong(8, 1);
                int seen;
                do {
                    seen = region.getIntVolatile(16);
                } while (!region.compareAndSetInt(16, seen, seen + 1));
                long seenLong;
                do {
                    seenLong = region.getLongVolatile(24);
                } while (!region.compareAndSetLong(24, seenLong, seenLong + 1));
            }
        });
    }

    @Test
    default void aReleasedWordCarriesThePlainWritesBeforeItToWhoeverAcquiresIt() throws Exception {
        Region region = region(32);
        Region reader = peer();
        Thread writer = new Thread(() -> {
            for (int round = 1; round <= HANDOVERS; round++) {
                region.putLongPlain(8, round);
                region.putLongRelease(0, round);
                while (region.getIntAcquire(16) != round) {
                    Thread.yield();
                }
            }
        });
        writer.setDaemon(true); // it would wait for ever for a reader that failed
        writer.start();
        for (int round = 1; round <= HANDOVERS; round++) {
            while (reader.getLongAcquire(0) != round) {
                Thread.yield();
            }
            long carried = reader.getLongPlain(8);
            reader.putIntRelease(16, round);
            assertThat(carried).isEqualTo(round);
        }
        writer.join();
    }

    @Test
    default void anOrderedOrAtomicAccessToAMisalignedWordIsRefusedAndTouchesNothing() throws IOException {
        Region region = region(64);
        for (WordAccess access : WordAccess.ALL) {
            for (int offset = 0; access.aligned() && offset <= 64 - access.size(); offset++) {
                assertAlignmentDecides(region, access, offset, 0);
            }
        }
        assertThat(Contents.of(peer())).containsOnly(0);
    }

    @Test
    default void inASliceThatStartsMisalignedTheAddressDecidesAndNotTheOffset() throws IOException {
        Region region = region(64);
        for (int start = 0; start <= Long.BYTES; start++) {
            Region slice = region.slice(start, 40);
            for (WordAccess access : WordAccess.ALL) {
                for (int offset = 0; access.aligned() && offset <= 40 - access.size(); offset++) {
                    assertAlignmentDecides(slice, access, offset, start);
                }
            }
        }
        assertThat(Contents.of(peer())).containsOnly(0);
    }

    private static void assertAlignmentDecides(Region region, WordAccess access, int offset, int start) {
        if ((start + offset) % access.size() == 0) {
            access.call().on(region, offset);
            // Back to zero, so that the caller can see that nothing else was written.
            region.fill(offset, access.size(), (byte) 0);
        } else {
            assertThatThrownBy(() -> access.call().on(region, offset))
                .as("%s at %d + %d", access.name(), start, offset)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("actual " + offset)
                .hasMessageContaining("multiple of " + access.size());
        }
    }
}
