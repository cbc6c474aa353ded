package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A word of a region is the region's. */
interface WordContract extends RegionSubject {
    @Test
    default void aWordOfFourBytesIsThatOfTheRegion() throws IOException {
        Region region = region(16);
        IntWord word = region.intWord(8);
        region.putIntPlain(8, 7);
        assertThat(word.getIntPlain()).isEqualTo(7);
        assertThat(word.compareAndSetInt(8, 9)).isFalse();
        assertThat(word.compareAndSetInt(7, Integer.MIN_VALUE)).isTrue();
        assertThat(word.getIntVolatile()).isEqualTo(Integer.MIN_VALUE);
        assertThat(peer().getIntVolatile(8)).isEqualTo(Integer.MIN_VALUE);
        assertThat(region.getLongPlain(0)).isZero();
        assertThat(region.getIntPlain(12)).isZero();
    }

    @Test
    default void aWordOfEightBytesIsThatOfTheRegion() throws IOException {
        Region region = region(24);
        LongWord word = region.slice(8, 16).longWord(0);
        word.putLongRelease(7);
        assertThat(peer().getLongAcquire(8)).isEqualTo(7);
        assertThat(word.compareAndSetLong(7L + (1L << 32), 9)).isFalse();
        assertThat(word.compareAndSetLong(7, Long.MIN_VALUE)).isTrue();
        assertThat(word.getLongAcquire()).isEqualTo(Long.MIN_VALUE);
        assertThat(word.getLongVolatile()).isEqualTo(Long.MIN_VALUE);
        assertThat(region.getLongPlain(0)).isZero();
        assertThat(region.getLongPlain(16)).isZero();
    }

    @Test
    default void aWordStaysWhereItIsWhenAWindowMovesOn() throws IOException {
        Region region = region(24);
        RegionWindow window = region.newWindow();
        window.moveTo(8, 8);
        LongWord word = window.view().longWord(0);
        window.moveTo(16, 8);
        word.putLongRelease(7);
        assertThat(region.getLongPlain(8)).isEqualTo(7);
        assertThat(region.getLongPlain(16)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-8, 4, 12, 16, Integer.MAX_VALUE - 7})
    default void aWordOutsideOrMisalignedIsRefused(int offset) throws IOException {
        Region region = region(16);
        assertThatThrownBy(() -> region.longWord(offset))
            .isInstanceOfAny(IndexOutOfBoundsException.class, IllegalArgumentException.class);
        assertThatThrownBy(() -> region.intWord(offset < 16 ? offset - 2 : offset))
            .isInstanceOfAny(IndexOutOfBoundsException.class, IllegalArgumentException.class);
    }
}
