package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Copies inside the bounds: each byte arrives, and only where it should. */
interface RegionCopyContract extends RegionSubject {
    /** More than two chunks, and no multiple of a word. */
    int LONG_COPY = 2 * Region.COPY_CHUNK_LENGTH + 13;

    @Test
    default void bytesOfAnArrayArriveWhereTheyShouldAndNowhereElse() throws IOException {
        byte[] source = Contents.random(200);
        for (int length : new int[] {0, 1, 7, 8, 9, 63, 64, 100}) {
            Region region = region(128);
            region.putBytes(11, source, 50, length);
            assertThat(Contents.of(peer())).isEqualTo(spliced(128, 11, source, 50, length));
        }
    }

    @Test
    default void anArrayGetsTheBytesAskedForAndNoOthers() throws IOException {
        Region region = region(128);
        byte[] content = Contents.random(128);
        Contents.put(region, content);
        for (int length : new int[] {0, 1, 7, 8, 9, 63, 64, 100}) {
            byte[] target = new byte[150];
            peer().getBytes(13, target, 31, length);
            assertThat(target).isEqualTo(spliced(150, 31, content, 13, length));
        }
    }

    @Test
    default void bytesOfABufferArriveAndItsPositionAndLimitStay() throws IOException {
        byte[] bytes = Contents.random(200);
        for (ByteBuffer source : buffersOf(bytes)) {
            source.limit(190).position(180);
            for (int length : new int[] {0, 1, 9, 100}) {
                Region region = region(128);
                region.putBytes(11, source, 50, length);
                assertThat(Contents.of(peer())).isEqualTo(spliced(128, 11, bytes, 50, length));
                assertThat(source.position()).isEqualTo(180);
                assertThat(source.limit()).isEqualTo(190);
            }
        }
    }

    @Test
    default void bytesOfAReadOnlyBufferCanBeCopiedToARegion() throws IOException {
        byte[] bytes = Contents.random(64);
        for (ByteBuffer source : buffersOf(bytes)) {
            Region region = region(64);
            region.putBytes(0, source.asReadOnlyBuffer(), 0, 64);
            assertThat(Contents.of(peer())).isEqualTo(bytes);
        }
    }

    @Test
    default void aBufferGetsTheBytesAskedForAndItsPositionAndLimitStay() throws IOException {
        Region region = region(128);
        byte[] content = Contents.random(128);
        Contents.put(region, content);
        for (int length : new int[] {0, 1, 9, 100}) {
            for (ByteBuffer target : buffersOf(new byte[150])) {
                target.limit(140).position(135);
                peer().getBytes(13, target, 31, length);
                assertThat(target.position()).isEqualTo(135);
                assertThat(target.limit()).isEqualTo(140);
                assertThat(contentOf(target)).isEqualTo(spliced(150, 31, content, 13, length));
            }
        }
    }

    @Test
    default void bytesOfAnotherRegionArriveWhereTheyShouldAndNowhereElse() throws IOException {
        byte[] bytes = Contents.random(200);
        Region source = Region.allocate(200);
        Contents.put(source, bytes);
        for (int length : new int[] {0, 1, 7, 8, 9, 100}) {
            Region region = region(128);
            region.putBytes(11, source, 50, length);
            assertThat(Contents.of(peer())).isEqualTo(spliced(128, 11, bytes, 50, length));
            Region back = Region.allocate(150);
            back.putBytes(31, peer(), 11, length);
            assertThat(Contents.of(back)).isEqualTo(spliced(150, 31, bytes, 50, length));
        }
    }

    @Test
    default void aCopyWithinTheRegionIsAsIfTheSourceHadBeenReadFirst() throws IOException {
        byte[] content = Contents.random(128);
        for (int distance : new int[] {-20, -8, -1, 0, 1, 8, 20}) {
            Region region = region(128);
            Contents.put(region, content);
            region.putBytes(30 + distance, region, 30, 64);
            byte[] expected = content.clone();
            System.arraycopy(content, 30, expected, 30 + distance, 64);
            assertThat(Contents.of(peer())).as("moved by %d", distance).isEqualTo(expected);
        }
    }

    @Test
    default void aCopyBetweenOverlappingViewsOfAChunkIsAsIfTheSourceHadBeenReadFirst() throws IOException {
        byte[] content = Contents.random(Region.COPY_CHUNK_LENGTH + 3);
        for (int distance : new int[] {0, 3}) {
            Region region = region(content.length);
            region.putBytes(0, content, 0, content.length);
            region.slice(distance, Region.COPY_CHUNK_LENGTH)
                .putBytes(0, region.slice(3 - distance, Region.COPY_CHUNK_LENGTH), 0,
                    Region.COPY_CHUNK_LENGTH);
            byte[] expected = content.clone();
            System.arraycopy(content, 3 - distance, expected, distance, Region.COPY_CHUNK_LENGTH);
            assertThat(Arrays.equals(Contents.of(peer()), expected)).isTrue();
        }
    }

    @Test
    default void copiesOfSeveralChunksArriveWhole() throws IOException {
        Region region = region(LONG_COPY + 5);
        byte[] content = Contents.random(LONG_COPY);
        byte[] expected = spliced(LONG_COPY + 5, 3, content, 0, LONG_COPY);

        region.putBytes(3, content, 0, LONG_COPY);
        assertThat(Arrays.equals(Contents.of(peer()), expected)).isTrue();
        byte[] array = new byte[LONG_COPY];
        peer().getBytes(3, array, 0, LONG_COPY);
        assertThat(Arrays.equals(array, content)).isTrue();
        for (ByteBuffer buffer : List.of(ByteBuffer.allocate(LONG_COPY),
            ByteBuffer.allocateDirect(LONG_COPY))) {
            peer().getBytes(3, buffer, 0, LONG_COPY);
            assertThat(Arrays.equals(contentOf(buffer), content)).isTrue();
            region.fill(0, LONG_COPY + 5, (byte) 0);
            region.putBytes(3, buffer, 0, LONG_COPY);
            assertThat(Arrays.equals(Contents.of(peer()), expected)).isTrue();
        }
        Region other = Region.allocate(LONG_COPY);
        other.putBytes(0, peer(), 3, LONG_COPY);
        assertThat(Arrays.equals(Contents.of(other), content)).isTrue();
        region.fill(0, LONG_COPY + 5, (byte) 0);
        region.putBytes(3, other, 0, LONG_COPY);
        assertThat(Arrays.equals(Contents.of(peer()), expected)).isTrue();
    }

    @Test
    default void fillSetsTheBytesAskedForAndNoOthers() throws IOException {
        for (byte value : new byte[] {1, -1, (byte) 0x80, 0x5A}) {
            for (int offset = 0; offset <= 9; offset++) {
                for (int length : new int[] {0, 1, 7, 8, 9, 16, 31}) {
                    Region region = region(40);
                    region.fill(offset, length, value);
                    byte[] expected = new byte[40];
                    Arrays.fill(expected, offset, offset + length, value);
                    assertThat(Contents.of(peer())).isEqualTo(expected);
                }
            }
        }
    }

    /** {@code target} zero bytes, with some of {@code source} in them. */
    private static byte[] spliced(int target, int targetOffset, byte[] source, int sourceOffset, int length) {
        byte[] result = new byte[target];
        System.arraycopy(source, sourceOffset, result, targetOffset, length);
        return result;
    }

    /** On the heap, on the heap but not from the array's start, outside the heap. */
    private static List<ByteBuffer> buffersOf(byte[] bytes) {
        ByteBuffer inside = ByteBuffer.allocate(bytes.length + 20).slice(9, bytes.length);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length);
        return List.of(ByteBuffer.wrap(bytes.clone()), inside.put(0, bytes), direct.put(0, bytes));
    }

    private static byte[] contentOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.duplicate().clear().get(0, bytes);
        return bytes;
    }
}
