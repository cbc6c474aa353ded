package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A part of a region that positions go round in: there is no position outside. */
interface CircularRegionContract extends RegionSubject {
    @Test
    default void aPositionIsThePlaceThatIsLeftOfItModuloTheLength() throws IOException {
        Region region = region(64);
        CircularRegion circle = CircularRegion.over(region.slice(8, 48), 8, 32);
        Random random = new Random(1);
        for (long position : new long[] {0, 24, 32, 1L << 31, (1L << 31) + 8, (1L << 32) - 8, Long.MAX_VALUE - 7,
            random.nextLong() & -8, -8, Long.MIN_VALUE}) {
            int place = 16 + (int) (position & 31);
            long value = random.nextLong();
            circle.putLongPlain(position, value);
            assertThat(region.getLongPlain(place)).isEqualTo(value);
            circle.putLongRelease(position, ~value);
            assertThat(peer().getLongAcquire(place)).isEqualTo(~value);
            peer().putLongRelease(place, value);
            assertThat(circle.getLongAcquire(position)).isEqualTo(value);
        }
        assertThat(new long[] {region.getLongPlain(0), region.getLongPlain(8), region.getLongPlain(48),
            region.getLongPlain(56)}).containsOnly(0);
    }

    @Test
    default void aPositionWithinAWordIsThatWord() throws IOException {
        CircularRegion circle = CircularRegion.over(region(16), 0, 16);
        circle.putLongRelease(13, 7);
        assertThat(circle.getLongAcquire(8)).isEqualTo(7);
        assertThat(peer().getLongPlain(8)).isEqualTo(7);
    }

    @Test
    default void aCircleOfOneWordIsThatWord() throws IOException {
        CircularRegion circle = CircularRegion.over(region(24), 8, 8);
        circle.putLongPlain(72, 7);
        assertThat(peer().getLongPlain(8)).isEqualTo(7);
    }

    @Test
    default void aViewBeginsBehindTheWordAndEndsWithTheCircleAtMost() throws IOException {
        Region region = region(64);
        CircularRegion circle = CircularRegion.over(region, 16, 32);
        circle.moveView(32 + 8, 16);
        assertThat(circle.view().length()).isEqualTo(16);
        circle.view().putLongPlain(8, 7);
        assertThat(peer().getLongPlain(16 + 8 + 8 + 8)).isEqualTo(7);
        assertThatThrownBy(() -> circle.view().putBytePlain(16, (byte) 1))
            .isInstanceOf(IndexOutOfBoundsException.class);
        circle.moveView(24, 0);
        assertThat(circle.view().length()).isZero();
    }

    @Test
    default void aViewIsEmptyUntilItIsMovedAndWhenItWasCleared() throws IOException {
        CircularRegion circle = CircularRegion.over(region(64), 16, 32);
        assertThat(circle.view().length()).isZero();
        circle.moveView(0, 8);
        circle.clearView();
        assertThatThrownBy(() -> circle.view().getBytePlain(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 24, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
    default void aViewThatWouldBeLongerIsRefusedAndStaysWhereItWas(int length) throws IOException {
        Region region = region(64);
        CircularRegion circle = CircularRegion.over(region, 16, 32);
        circle.moveView(0, 8);
        assertThatThrownBy(() -> circle.moveView(8, length)).isInstanceOf(IndexOutOfBoundsException.class)
            .hasMessageContaining(Integer.toString(length)).hasMessageContaining("32");
        circle.view().putLongPlain(0, 7);
        assertThat(region.getLongPlain(24)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 12, 48, -8, Integer.MIN_VALUE})
    default void aLengthThatIsNoPowerOfTwoFrom8IsRefused(int length) throws IOException {
        Region region = region(64);
        assertThatThrownBy(() -> CircularRegion.over(region, 0, length)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("actual " + length).hasMessageContaining("power of two from 8");
    }

    @ParameterizedTest
    @ValueSource(ints = {-8, 40, 64, Integer.MAX_VALUE - 7})
    default void aPartThatIsNotInsideTheRegionIsRefused(int offset) throws IOException {
        Region region = region(64);
        assertThatThrownBy(() -> CircularRegion.over(region, offset, 32))
            .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    default void aMisalignedPartIsRefused() throws IOException {
        Region region = region(64);
        assertThatThrownBy(() -> CircularRegion.over(region, 4, 32)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("4");
    }
}
