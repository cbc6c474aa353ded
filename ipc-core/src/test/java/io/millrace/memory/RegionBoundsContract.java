package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Single accesses outside the region: always an exception, never a byte read or written. */
interface RegionBoundsContract extends RegionSubject {
    @Test
    default void anAccessBehindTheEndThrowsAndTouchesNothing() throws IOException {
        for (int length : new int[] {64, 61, 8, 1}) {
            Region region = region(length);
            for (WordAccess access : WordAccess.ALL) {
                for (int offset = length - access.size() + 1; offset <= length + Long.BYTES; offset++) {
                    assertOutside(region, access, offset);
                }
            }
            assertThat(Contents.of(peer())).containsOnly(0);
        }
    }

    @Test
    default void anAccessBeforeTheStartThrowsAndTouchesNothing() throws IOException {
        Region region = region(64);
        for (WordAccess access : WordAccess.ALL) {
            for (int offset = -2 * Long.BYTES; offset < 0; offset++) {
                assertOutside(region, access, offset);
            }
        }
        assertThat(Contents.of(peer())).containsOnly(0);
    }

    @Test
    default void anOffsetWhoseSumWithTheSizeWrapsAroundThrowsAndTouchesNothing() throws IOException {
        Region region = region(64);
        for (WordAccess access : WordAccess.ALL) {
            for (int distance = 0; distance <= 2 * Long.BYTES; distance++) {
                assertOutside(region, access, Integer.MAX_VALUE - distance);
                assertOutside(region, access, Integer.MIN_VALUE + distance);
            }
        }
        assertThat(Contents.of(peer())).containsOnly(0);
    }

    @Test
    default void theLastWordOfTheRegionIsInside() throws IOException {
        Region region = region(64);
        for (WordAccess access : WordAccess.ALL) {
            access.call().on(region, 64 - access.size());
        }
    }

    @Test
    default void anEmptyViewHasNoByte() throws IOException {
        Region region = region(64);
        for (Region empty : List.of(region.slice(0, 0), region.slice(64, 0), region.newWindow().view())) {
            assertThat(empty.length()).isZero();
            for (WordAccess access : WordAccess.ALL) {
                assertOutside(empty, access, 0);
            }
        }
        assertThat(Contents.of(peer())).containsOnly(0);
    }

    private static void assertOutside(Region region, WordAccess access, int offset) {
        assertThatThrownBy(() -> access.call().on(region, offset))
            .as("%s at %d of %d bytes", access.name(), offset, region.length())
            .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
