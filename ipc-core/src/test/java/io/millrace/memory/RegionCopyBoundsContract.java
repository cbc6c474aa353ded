package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Copies that leave a region, or what is at their other end: an exception, and no byte moved on either side.
 */
interface RegionCopyBoundsContract extends RegionSubject {
    int SIZE = 64;

    /** Spans that are not inside 64 bytes: offset and length. */
    int[][] OUTSIDE = {
        {-1, 1}, {0, -1}, {SIZE, 1}, {0, SIZE + 1}, {1, SIZE}, {SIZE + 1, 0}, {-1, 0}, {SIZE, -1},
        {Integer.MAX_VALUE, 1}, {1, Integer.MAX_VALUE}, {Integer.MAX_VALUE, Integer.MAX_VALUE},
        {Integer.MIN_VALUE, 1}, {Integer.MIN_VALUE, Integer.MAX_VALUE}, {0, Integer.MIN_VALUE},
        {Integer.MIN_VALUE, Integer.MIN_VALUE}, {-SIZE, 2 * SIZE}};

    /** Both ends of a copy between a region of 64 bytes and something else of 64 bytes. */
    interface Copy {
        void run(Region region, int offset, int otherOffset, int length);
    }

    @Test
    default void aCopyThatLeavesTheRegionThrowsAndTouchesNothing() throws IOException {
        Region region = region(SIZE);
        Others others = new Others();
        others.copies().forEach((name, copy) -> {
            for (int[] span : OUTSIDE) {
                assertThatThrownBy(() -> copy.run(region, span[0], 0, span[1]))
                    .as("%s of %d bytes at %d", name, span[1], span[0])
                    .isInstanceOf(IndexOutOfBoundsException.class);
            }
        });
        assertThat(Contents.of(peer())).containsOnly(0);
        others.assertUntouched();
    }

    @Test
    default void aCopyThatLeavesItsOtherEndThrowsAndTouchesNothing() throws IOException {
        Region region = region(SIZE);
        Others others = new Others();
        others.copies().forEach((name, copy) -> {
            for (int[] span : OUTSIDE) {
                assertThatThrownBy(() -> copy.run(region, 0, span[0], span[1]))
                    .as("%s of %d bytes at %d", name, span[1], span[0])
                    .isInstanceOf(IndexOutOfBoundsException.class);
            }
        });
        assertThat(Contents.of(peer())).containsOnly(0);
        others.assertUntouched();
    }

    @Test
    default void aBufferEndsAtItsLimitAndNotAtItsCapacity() throws IOException {
        Region region = region(SIZE);
        for (ByteBuffer buffer : List.of(ByteBuffer.allocate(2 * SIZE),
            ByteBuffer.allocateDirect(2 * SIZE))) {
            buffer.limit(SIZE);
            assertThatThrownBy(() -> region.getBytes(0, buffer, 1, SIZE))
                .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> region.putBytes(0, buffer, 1, SIZE))
                .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    default void aReadOnlyBufferIsNoTarget() throws IOException {
        Region region = region(SIZE);
        region.fill(0, SIZE, (byte) 7);
        for (ByteBuffer buffer : List.of(ByteBuffer.allocate(SIZE), ByteBuffer.allocateDirect(SIZE))) {
            assertThatThrownBy(() -> region.getBytes(0, buffer.asReadOnlyBuffer(), 0, SIZE))
                .isInstanceOf(ReadOnlyBufferException.class);
            for (int i = 0; i < SIZE; i++) {
                assertThat(buffer.get(i)).isZero();
            }
        }
    }

    @Test
    default void aFillThatLeavesTheRegionThrowsAndTouchesNothing() throws IOException {
        Region region = region(SIZE);
        for (int[] span : OUTSIDE) {
            assertThatThrownBy(() -> region.fill(span[0], span[1], (byte) 1))
                .as("%d bytes at %d", span[1], span[0])
                .isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThat(Contents.of(peer())).containsOnly(0);
    }

    @Test
    default void anEmptyCopyAtTheVeryEndIsInside() throws IOException {
        Region region = region(SIZE);
        new Others().copies().forEach((name, copy) -> copy.run(region, SIZE, SIZE, 0));
        region.fill(SIZE, 0, (byte) 1);
        assertThat(Contents.of(peer())).containsOnly(0);
    }

    /** What a region can be copied to and from; all of 64 bytes, all filled with ones. */
    final class Others {
        private final byte[] array = new byte[SIZE];
        private final ByteBuffer heap = ByteBuffer.allocate(SIZE);
        private final ByteBuffer direct = ByteBuffer.allocateDirect(SIZE);
        private final Region other = Region.allocate(SIZE);

        private Others() {
            for (int i = 0; i < SIZE; i++) {
                array[i] = 1;
                heap.put(i, (byte) 1);
                direct.put(i, (byte) 1);
                other.putBytePlain(i, (byte) 1);
            }
        }

        private Map<String, Copy> copies() {
            return Map.of(
                "getBytes(byte[])",
                    (region, at, otherAt, length) -> region.getBytes(at, array, otherAt, length),
                "putBytes(byte[])",
                    (region, at, otherAt, length) -> region.putBytes(at, array, otherAt, length),
                "getBytes(heap)", (region, at, otherAt, length) -> region.getBytes(at, heap, otherAt, length),
                "putBytes(heap)", (region, at, otherAt, length) -> region.putBytes(at, heap, otherAt, length),
                "getBytes(direct)",
                    (region, at, otherAt, length) -> region.getBytes(at, direct, otherAt, length),
                "putBytes(direct)",
                    (region, at, otherAt, length) -> region.putBytes(at, direct, otherAt, length),
                "putBytes(Region)",
                    (region, at, otherAt, length) -> region.putBytes(at, other, otherAt, length),
                "Region.putBytes",
                    (region, at, otherAt, length) -> other.putBytes(otherAt, region, at, length));
        }

        private void assertUntouched() {
            assertThat(array).containsOnly(1);
            assertThat(heap.array()).containsOnly(1);
            assertThat(Contents.of(other)).containsOnly(1);
            for (int i = 0; i < SIZE; i++) {
                assertThat(direct.get(i)).isEqualTo((byte) 1);
            }
        }
    }
}
