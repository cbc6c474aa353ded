package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Bytes and words: what one method writes, every other reads, here and through the peer. */
interface RegionWordContract extends RegionSubject {
    int LENGTH = 64;

    @Test
    default void aNewRegionIsZeroAndAsLongAsAskedFor() throws IOException {
        for (int length : new int[] {1, 7, 8, 63, 64, 65, 4096, 4097}) {
            Region region = region(length);
            assertThat(region.length()).isEqualTo(length);
            assertThat(peer().length()).isEqualTo(length);
            assertThat(Contents.of(region)).containsOnly(0);
        }
    }

    @Test
    default void aByteIsVisibleThroughThePeerAndItsNeighboursStayAsTheyWere() throws IOException {
        Region region = region(LENGTH);
        for (int offset = 0; offset < LENGTH; offset++) {
            region.putBytePlain(offset, (byte) (200 + offset));
        }
        for (int offset = 0; offset < LENGTH; offset++) {
            assertThat(region.getBytePlain(offset)).isEqualTo((byte) (200 + offset));
            assertThat(peer().getBytePlain(offset)).isEqualTo((byte) (200 + offset));
        }
    }

    @Test
    default void everyWayToReadAnIntSeesWhatEveryWayToWriteItWroteHereAndThroughThePeer() throws IOException {
        Region region = region(LENGTH);
        int[] values = {1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0x01020304, 0};
        for (int offset : new int[] {0, 4, 32, LENGTH - Integer.BYTES}) {
            for (int value : values) {
                WordAccess.INT_PUTTERS.forEach((putter, put) ->
                    WordAccess.INT_GETTERS.forEach((getter, get) -> {
                    region.putIntPlain(offset, ~value);
                    put.put(region, offset, value);
                    assertThat(get.get(region, offset)).as("%s, %s at %d", putter, getter, offset)
                        .isEqualTo(value);
                    assertThat(get.get(peer(), offset)).as("%s, %s at %d", putter, getter, offset)
                        .isEqualTo(value);
                }));
            }
        }
    }

    @Test
    default void everyWayToReadALongSeesWhatEveryWayToWriteItWroteHereAndThroughThePeer() throws IOException {
        Region region = region(LENGTH);
        long[] values = {1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0x0102030405060708L, 0};
        for (int offset : new int[] {0, 8, 32, LENGTH - Long.BYTES}) {
            for (long value : values) {
                WordAccess.LONG_PUTTERS.forEach((putter, put) ->
                    WordAccess.LONG_GETTERS.forEach((getter, get) -> {
                    region.putLongPlain(offset, ~value);
                    put.put(region, offset, value);
                    assertThat(get.get(region, offset)).as("%s, %s at %d", putter, getter, offset)
                        .isEqualTo(value);
                    assertThat(get.get(peer(), offset)).as("%s, %s at %d", putter, getter, offset)
                        .isEqualTo(value);
                }));
            }
        }
    }

    @Test
    default void plainWordsMayHaveAnyAlignment() throws IOException {
        Region region = region(LENGTH);
        for (int offset = 0; offset <= LENGTH - Long.BYTES; offset++) {
            region.putLongPlain(offset, 0x1122334455667788L + offset);
            assertThat(peer().getLongPlain(offset)).isEqualTo(0x1122334455667788L + offset);
            region.putIntPlain(offset, 0x55667788 + offset);
            assertThat(peer().getIntPlain(offset)).isEqualTo(0x55667788 + offset);
        }
    }

    @Test
    default void numbersAreInTheByteOrderOfTheMachine() throws IOException {
        Region region = region(LENGTH);
        byte[] expected = ByteBuffer.allocate(12).order(ByteOrder.nativeOrder())
            .putLong(0x0102030405060708L).putInt(0x090A0B0C).array();
        region.putLongVolatile(0, 0x0102030405060708L);
        region.putIntRelease(8, 0x090A0B0C);
        for (int offset = 0; offset < expected.length; offset++) {
            assertThat(peer().getBytePlain(offset)).isEqualTo(expected[offset]);
        }
    }

    @Test
    default void aWordLeavesTheBytesAroundItAlone() throws IOException {
        Region region = region(24);
        region.fill(0, 24, (byte) 0x77);
        region.putLongPlain(8, 0);
        region.putIntPlain(8, -1);
        byte[] expected = new byte[24];
        Arrays.fill(expected, (byte) 0x77);
        Arrays.fill(expected, 8, 12, (byte) -1);
        Arrays.fill(expected, 12, 16, (byte) 0);
        assertThat(Contents.of(peer())).isEqualTo(expected);
    }

    @Test
    default void aRegionSaysHowLongItIsAndWhatItIsBuiltOn() throws IOException {
        assertThat(region(LENGTH)).hasToString("Region[64 bytes, " + MemoryBackend.current() + "]");
    }
}
