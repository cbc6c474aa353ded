package io.millrace.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.atomic.CellSubject.Both;
import io.millrace.format.CorruptSegmentException;
import io.millrace.testing.Background;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A list gives back what was put into it, whole, and refuses what does not fit. */
@Timeout(60)
class ShareableListTest {
    private static final byte[] BYTES = {'H', 'o', 'W', 'd', 'Y'};
    private static final Object[] ITEMS = {"howdy", BYTES, -273.154, 100, null, true, 42};

    @TempDir
    Path directory;

    private static ShareableList listOf(Object... items) throws Exception {
        CellFormat<ShareableList> format = ShareableList.format(items);
        return format.over(TestObject.inMemory(format));
    }

    @Test
    void itemsAreThoseThatItWasMadeOf() throws Exception {
        ShareableList list = listOf(ITEMS);
        assertThat(list.size()).isEqualTo(7);
        assertThat(list.toList()).usingElementComparator((one, other) -> ListItem.areEqual(one, other) ? 0 : 1)
            .containsExactly("howdy", BYTES, -273.154, 100L, null, true, 42L);
        List<Object> walked = new ArrayList<>();
        list.forEach(walked::add);
        assertThat(walked).hasSize(7).contains("howdy", 42L);
        assertThat(list.get(5)).isEqualTo(true);
        assertThat(list.indexOf(100)).isEqualTo(3);
        assertThat(list.indexOf(BYTES.clone())).isEqualTo(1);
        assertThat(list.indexOf(null)).isEqualTo(4);
        assertThat(list.indexOf("100")).isEqualTo(-1);
        assertThat(list.count(42)).isEqualTo(1);
        assertThat(list.count(43)).isZero();
        assertThat(list.toString()).contains("test", "howdy", "-273.154", "null", "true");
    }

    @Test
    void anItemMayChangeItsTypeButNotOutgrowItsSlot() throws Exception {
        ShareableList list = listOf(ITEMS);
        list.set(3, 42);
        assertThat(list.count(42)).isEqualTo(2);
        list.set(4, "some");
        assertThat(list.get(4)).isEqualTo("some");
        assertThatExceptionOfType(ItemTooLongException.class).isThrownBy(() -> list.set(4, "far too many"))
            .withMessageContaining("actual 12 bytes, expected at most 8");
        assertThat(list.get(4)).isEqualTo("some");
        list.set(4, "8 bytes!");
        list.set(4, null);
        list.set(4, "8 bytes!");
        assertThat(list.get(4)).isEqualTo("8 bytes!");
        list.set(0, 1.5);
        list.set(0, "7 bytes");
        assertThat(list.get(0)).isEqualTo("7 bytes");
    }

    @Test
    void aSlotTakesTheNextMultipleOfEightAboveItsTextInUtf8() throws Exception {
        ShareableList list = listOf("", "1234567", "12345678", "é".repeat(7), new byte[16], 1, null);
        assertThat(List.of(list.capacity(0), list.capacity(1), list.capacity(2), list.capacity(3), list.capacity(4),
            list.capacity(5), list.capacity(6))).containsExactly(8, 8, 16, 16, 24, 8, 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ééééééé", "\0", "a\0b\0\0", "\uD83D\uDE80 rocket", "漢字"})
    void textsAndBytesLoseNothing(String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ShareableList list = listOf(text, bytes, "x".repeat(30), "x".repeat(30));
        list.set(2, text);
        list.set(3, bytes);
        assertThat(list.get(0)).isEqualTo(text);
        assertThat(list.get(1)).isEqualTo(bytes);
        assertThat(list.get(2)).isEqualTo(text);
        assertThat(list.get(3)).isEqualTo(bytes);
    }

    @Test
    void numbersKeepTheirEdges() throws Exception {
        Object[] numbers =
            {Long.MIN_VALUE, Long.MAX_VALUE, Double.MIN_VALUE, Double.NaN, -0.0, Double.NEGATIVE_INFINITY};
        assertThat(listOf(numbers).toList()).containsExactly(numbers);
        assertThat(listOf((byte) 1, (short) 2, 3, 1.5f).toList()).containsExactly(1L, 2L, 3L, 1.5);
        assertThat(listOf(1).indexOf(1.0)).as("a long is no double").isEqualTo(-1);
    }

    @Test
    void anEmptyListHasNothing() throws Exception {
        ShareableList list = listOf();
        assertThat(list.size()).isZero();
        assertThat(list.count(5)).isZero();
        assertThat(list.indexOf(5)).isEqualTo(-1);
        assertThat(list.iterator().hasNext()).isFalse();
    }

    @Test
    void wrongIndexesAndTypesAreRefused() throws Exception {
        ShareableList list = listOf(ITEMS);
        for (int index : new int[] {-1, 7, Integer.MIN_VALUE}) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> list.get(index));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> list.set(index, 1));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> list.set(0, 'c')).withMessageContaining("Character");
        assertThatIllegalArgumentException().isThrownBy(() -> list.set(0, BigInteger.ONE.shiftLeft(64)));
        assertThatIllegalArgumentException().isThrownBy(() -> list.set(0, "\uD83D")).withMessageContaining("half");
        assertThatIllegalArgumentException().isThrownBy(() -> ShareableList.builderOf(List.of()));
        assertThat(list.get(0)).isEqualTo("howdy");
        list.close();
        assertThatIllegalStateException().isThrownBy(() -> list.get(0));
        assertThatIllegalStateException().isThrownBy(list::size);
        assertThat(list.toString()).contains("closed");
    }

    @ParameterizedTest
    @EnumSource
    void changesBySeveralAreOneAfterTheOtherAndWhole(CellSubject subject) throws Exception {
        Both<ShareableList> both = subject.both(ShareableList.format(0, "x".repeat(100)), directory);
        try (Background<Void> other = Background.start(() -> {
            for (int i = 0; i < 1000; i++) {
                both.there().update(0, number -> (Long) number + 1);
                both.there().set(1, String.valueOf((char) ('a' + i % 26)).repeat(i % 101));
            }
            return null;
        })) {
            for (int i = 0; i < 1000; i++) {
                both.here().update(0, number -> (Long) number + 1);
                assertThat((String) both.here().get(1)).matches("(.?)\\1*");
            }
            other.result();
        }
        assertThat(both.here().get(0)).isEqualTo(2000L);
        assertThat(both.there().await(0, number -> number.equals(2000L), Duration.ZERO)).isTrue();
    }

    @Test
    void whatNoProgramCanHaveWrittenIsAnExceptionAndNothingElse() throws Exception {
        CellFormat<ShareableList> format = ShareableList.format("a text of some length", 5, null);
        Random random = new Random(5);
        for (int round = 0; round < 2000; round++) {
            TestObject memory = TestObject.inMemory(format);
            byte[] noise = new byte[8];
            random.nextBytes(noise);
            int from = random.nextInt(StructsLayout.LENGTHS, memory.body().length() - noise.length);
            memory.body().putBytes(from, noise, 0, random.nextInt(1, noise.length));
            try {
                format.over(memory).toList();
            } catch (UncheckedIOException e) {
                assertThat(e).hasCauseInstanceOf(CorruptSegmentException.class);
            } catch (CorruptSegmentException e) {
                assertThat(e).hasMessageContaining("struct");
            }
        }
        byte[] slot = ListItem.encode("text", 16);
        for (int type : new int[] {-1, 6, 1, 2, 0}) {
            byte[] wrong = Arrays.copyOf(slot, slot.length);
            StructAccess.buffer(wrong).putInt(StructsLayout.ITEM_TYPE, type);
            assertThatExceptionOfType(CorruptSegmentException.class)
                .isThrownBy(() -> ListItem.decode(wrong, Path.of("test")));
        }
    }
}
