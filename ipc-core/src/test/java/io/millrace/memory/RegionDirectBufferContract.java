package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Agrona's buffers: copies to and from them and a view as one, where they can work at all. */
interface RegionDirectBufferContract extends RegionSubject {
    @Test
    default void withoutAgronaTheDirectBufferIsRefusedAndTheFlagNamed() throws IOException {
        assumeTrue(MemoryBackend.current() != MemoryBackend.AGRONA, "Agrona is active");
        assertThatThrownBy(region(64)::directBuffer).isInstanceOf(UnsupportedOperationException.class)
            .hasMessageContaining(MemoryBackend.AGRONA_FLAG).hasMessageContaining("byteBuffer()");
    }

    @Test
    default void theDirectBufferShowsTheSameBytesAndWritesThrough() throws IOException {
        assumeAgrona();
        Region region = region(64);
        MutableDirectBuffer buffer = region.directBuffer();
        assertThat(buffer.capacity()).isEqualTo(64);
        region.putLongPlain(56, 0x0102030405060708L);
        assertThat(buffer.getLong(56)).isEqualTo(0x0102030405060708L);
        buffer.putInt(3, 77);
        assertThat(peer().getIntPlain(3)).isEqualTo(77);
        assertThatThrownBy(() -> buffer.putByte(64, (byte) 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> buffer.getByte(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    default void theDirectBufferIsMadeOnceAndItsBoundsAreRestoredAtEveryCall() throws IOException {
        assumeAgrona();
        Region region = region(64);
        MutableDirectBuffer buffer = region.directBuffer();
        buffer.wrap(new byte[3]);
        assertThat(region.length()).isEqualTo(64);
        assertThat(region.directBuffer()).isSameAs(buffer);
        assertThat(buffer.capacity()).isEqualTo(64);
        buffer.putByte(63, (byte) 9);
        assertThat(peer().getBytePlain(63)).isEqualTo((byte) 9);
    }

    @Test
    default void bytesGoToAndComeFromADirectBuffer() throws IOException {
        assumeAgrona();
        for (int length : new int[] {0, 1, 9, 100, 2 * Region.COPY_CHUNK_LENGTH + 13}) {
            Region region = region(length + 20);
            byte[] content = Contents.random(length);
            region.putBytes(3, new UnsafeBuffer(content), 0, length);
            byte[] expected = new byte[length + 20];
            System.arraycopy(content, 0, expected, 3, length);
            assertThat(Arrays.equals(Contents.of(peer()), expected)).isTrue();

            byte[] target = new byte[length + 5];
            peer().getBytes(3, new UnsafeBuffer(target), 5, length);
            assertThat(Arrays.equals(target, 5, 5 + length, content, 0, length)).isTrue();
        }
    }

    @Test
    default void anExpandableBufferGrowsWithWhatIsCopiedToIt() throws IOException {
        assumeAgrona();
        Region region = region(512);
        byte[] content = Contents.random(512);
        Contents.put(region, content);
        ExpandableArrayBuffer target = new ExpandableArrayBuffer(16);
        peer().getBytes(0, target, 100, 512);
        byte[] copied = new byte[512];
        target.getBytes(100, copied);
        assertThat(copied).isEqualTo(content);
    }

    @Test
    default void aCopyThatLeavesEitherEndThrowsBeforeItsFirstChunk() throws IOException {
        assumeAgrona();
        int length = Region.COPY_CHUNK_LENGTH + 8;
        Region region = region(length);
        byte[] array = new byte[length - 1];
        Arrays.fill(array, (byte) 1);
        UnsafeBuffer shorter = new UnsafeBuffer(array);
        assertThatThrownBy(() -> region.putBytes(0, shorter, 0, length))
            .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> region.getBytes(0, shorter, 0, length))
            .isInstanceOf(IndexOutOfBoundsException.class);
        for (int[] span : new int[][] {{-1, 1}, {0, -1}, {length, 1}, {Integer.MAX_VALUE, 1},
            {1, Integer.MAX_VALUE}}) {
            assertThatThrownBy(() -> region.putBytes(span[0], shorter, 0, span[1]))
                .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> region.getBytes(span[0], shorter, 0, span[1]))
                .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> region.putBytes(0, shorter, span[0], span[1]))
                .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> region.getBytes(0, shorter, span[0], span[1]))
                .isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThat(Arrays.equals(Contents.of(peer()), new byte[length])).isTrue();
        byte[] ones = new byte[length - 1];
        Arrays.fill(ones, (byte) 1);
        assertThat(Arrays.equals(array, ones)).isTrue();
    }

    private static void assumeAgrona() {
        assumeTrue(MemoryBackend.current() == MemoryBackend.AGRONA, "Agrona's buffers need a JVM flag");
    }
}
