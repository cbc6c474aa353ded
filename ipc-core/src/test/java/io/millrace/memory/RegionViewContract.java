package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.kenai.jffi.MemoryIO;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Slices, windows, buffers and addresses: other ways to the same bytes, and to no others. */
interface RegionViewContract extends RegionSubject {
    @Test
    default void aSliceIsTheSameBytesCountedFromItsStart() throws IOException {
        Region region = region(64);
        Region slice = region.slice(16, 24);
        assertThat(slice.length()).isEqualTo(24);
        slice.putLongPlain(8, 42);
        assertThat(peer().getLongPlain(24)).isEqualTo(42);
        peer().putIntPlain(16, 43);
        assertThat(slice.getIntPlain(0)).isEqualTo(43);
        assertThat(slice.slice(8, 8).getLongPlain(0)).isEqualTo(42);
    }

    @Test
    default void aSliceEndsWhereItEndsAlthoughTheRegionGoesOn() throws IOException {
        Region region = region(64);
        Region slice = region.slice(16, 24);
        for (WordAccess access : WordAccess.ALL) {
            assertThatThrownBy(() -> access.call().on(slice, 24))
                .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> access.call().on(slice, -8))
                .isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatThrownBy(() -> slice.slice(0, 25)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.slice(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(Contents.of(peer())).containsOnly(0);
    }

    @Test
    default void aSliceThatIsNotInsideIsRefused() throws IOException {
        Region region = region(RegionCopyBoundsContract.SIZE);
        for (int[] span : RegionCopyBoundsContract.OUTSIDE) {
            assertThatThrownBy(() -> region.slice(span[0], span[1])).as("%d bytes at %d", span[1], span[0])
                .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    default void theViewOfAWindowIsOneObjectThatMoves() throws IOException {
        Region region = region(64);
        RegionWindow window = region.newWindow();
        Region view = window.view();
        assertThat(view.length()).isZero();
        window.moveTo(8, 16);
        assertThat(window.view()).isSameAs(view);
        assertThat(view.length()).isEqualTo(16);
        view.putLongRelease(8, 5);
        assertThat(peer().getLongAcquire(16)).isEqualTo(5);
        window.moveTo(16, 8);
        assertThat(view.length()).isEqualTo(8);
        assertThat(view.getLongPlain(0)).isEqualTo(5);
    }

    @Test
    default void aRefusedMoveLeavesTheViewWhereItWas() throws IOException {
        Region region = region(RegionCopyBoundsContract.SIZE);
        region.putLongPlain(8, 5);
        RegionWindow window = region.newWindow();
        window.moveTo(8, 8);
        for (int[] span : RegionCopyBoundsContract.OUTSIDE) {
            assertThatThrownBy(() -> window.moveTo(span[0], span[1]))
                .isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(window.view().length()).isEqualTo(8);
            assertThat(window.view().getLongPlain(0)).isEqualTo(5);
        }
    }

    @Test
    default void aClearedViewHasNoByteUntilTheWindowMovesAgain() throws IOException {
        Region region = region(64);
        RegionWindow window = region.newWindow();
        window.moveTo(8, 16);
        Region kept = window.view();
        window.clear();
        assertThat(kept.length()).isZero();
        for (WordAccess access : WordAccess.ALL) {
            assertThatThrownBy(() -> access.call().on(kept, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatThrownBy(() -> kept.fill(0, 1, (byte) 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(Contents.of(peer())).containsOnly(0);
        window.moveTo(0, 8);
        kept.putLongPlain(0, 3);
        assertThat(peer().getLongPlain(0)).isEqualTo(3);
    }

    @Test
    default void aKeptViewNeverLeavesItsParent() throws IOException {
        Region whole = region(256);
        whole.fill(0, 256, (byte) 0x11);
        Region parent = whole.slice(64, 128);
        RegionWindow window = parent.newWindow();
        Region kept = window.view();
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            int offset = random.nextInt(129);
            window.moveTo(offset, random.nextInt(129 - offset));
            for (int at = 0; at < kept.length(); at++) {
                kept.putBytePlain(at, (byte) 0x22);
            }
            for (int outside : new int[] {-64, -1, kept.length(), kept.length() + 64, 128 - offset}) {
                assertThatThrownBy(() -> kept.putBytePlain(outside, (byte) 0x22))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            }
        }
        for (int i = 0; i < 64; i++) {
            assertThat(peer().getBytePlain(i)).isEqualTo((byte) 0x11);
            assertThat(peer().getBytePlain(192 + i)).isEqualTo((byte) 0x11);
        }
    }

    @Test
    default void twoWindowsOfOneRegionMoveIndependently() throws IOException {
        Region region = region(64);
        RegionWindow first = region.newWindow();
        RegionWindow second = region.newWindow();
        first.moveTo(0, 8);
        second.moveTo(8, 8);
        first.view().putLongPlain(0, 1);
        second.view().putLongPlain(0, 2);
        assertThat(peer().getLongPlain(0)).isEqualTo(1);
        assertThat(peer().getLongPlain(8)).isEqualTo(2);
    }

    @Test
    default void aByteBufferShowsTheSameBytesAndWritesThrough() throws IOException {
        Region region = region(61);
        ByteBuffer buffer = region.byteBuffer();
        assertThat(buffer.isDirect()).isTrue();
        assertThat(buffer.order()).isEqualTo(ByteOrder.nativeOrder());
        assertThat(buffer.position()).isZero();
        assertThat(buffer.limit()).isEqualTo(61);
        assertThat(buffer.capacity()).isEqualTo(61);
        region.putLongPlain(53, 0x0102030405060708L);
        assertThat(buffer.getLong(53)).isEqualTo(0x0102030405060708L);
        buffer.putInt(3, 77);
        assertThat(peer().getIntPlain(3)).isEqualTo(77);
    }

    @Test
    default void whatIsDoneToOneByteBufferDoesNotConcernTheNext() throws IOException {
        Region region = region(64);
        region.byteBuffer().position(3).limit(5);
        assertThat(region.byteBuffer().remaining()).isEqualTo(64);
        Region slice = region.slice(8, 16);
        slice.byteBuffer().put(0, (byte) 1);
        assertThat(slice.byteBuffer().capacity()).isEqualTo(16);
        assertThat(peer().getBytePlain(8)).isEqualTo((byte) 1);
    }

    @Test
    default void anAddressIsWhereTheByteIs() throws IOException {
        Region region = region(64);
        region.putLongPlain(24, 0x0102030405060708L);
        NativeAddress address = region.address(24);
        assertThat(MemoryIO.getInstance().getLong(address.value())).isEqualTo(0x0102030405060708L);
        address.keepAlive();
        assertThat(region.address(64).value() - region.address(0).value()).isEqualTo(64);
        assertThat(region.slice(16, 16).address(8).value()).isEqualTo(address.value());
    }

    @Test
    default void anAddressOutsideTheRegionIsRefused() throws IOException {
        Region region = region(64);
        for (int offset : new int[] {-1, 65, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> region.address(offset)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }
}
