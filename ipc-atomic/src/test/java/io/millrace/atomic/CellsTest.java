package io.millrace.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.atomic.Cells.Entry;
import io.millrace.format.WrongKindException;
import io.millrace.testing.Background;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labelled cells in a file. */
@Timeout(60)
class CellsTest {
    private static final int SLOTS = 12;
    private static final Duration LONG = Duration.ofSeconds(50);

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("counters");
    }

    @Test
    void aLabelHasOneCellForAll() throws Exception {
        try (Cells cells = Cells.create(file, SLOTS); Cells others = Cells.open(file)) {
            cells.longCell("requests").getAndAdd(41);
            others.longCell("requests").incrementAndGet();
            assertThat(cells.longCell("requests").get()).isEqualTo(42);
            assertThat(cells.longCell("requests")).isSameAs(cells.longCell("requests"));
            cells.intCell("i").set(-1);
            cells.doubleCell("d").set(0.5);
            cells.floatCell("f").set(1.5f);
            cells.shortCell("s").set(40_000);
            cells.byteCell("b").set(256);
            cells.booleanCell("t").set(true);
            cells.charCell("ä").set('é');
            assertThat(others.entries()).containsExactly(new Entry("requests", "long", 42L),
                new Entry("i", "int", -1), new Entry("d", "double", 0.5), new Entry("f", "float", 1.5f),
                new Entry("s", "short", (short) -25_536), new Entry("b", "byte", (byte) 0),
                new Entry("t", "boolean", true), new Entry("ä", "char", 'é'));
            assertThat(others.contains("i")).isTrue();
            assertThat(others.contains("j")).isFalse();
            assertThat(cells.slots()).isEqualTo(SLOTS);
            assertThat(cells).hasToString("Cells[" + file + ", 8 of " + SLOTS + " cells]");
        }
    }

    @Test
    void anotherTypeAndNoSlotLeftAreTold() throws Exception {
        try (Cells cells = Cells.create(file, 2); Cells others = Cells.open(file)) {
            cells.longCell("a");
            assertThatThrownBy(() -> cells.intCell("a")).isInstanceOf(WrongCellTypeException.class)
                .hasMessageContaining("'a'").hasMessageContaining("expected int");
            assertThatThrownBy(() -> others.doubleCell("a")).isInstanceOf(WrongCellTypeException.class)
                .hasMessageContaining("actual long").hasMessageContaining("expected double");
            cells.longCell("b");
            assertThatIllegalStateException().isThrownBy(() -> cells.longCell("c"))
                .withMessageContaining("no slot left").withMessageContaining("all 2");
            assertThat(others.longCell("b").get()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with\0nul", "a label of more than 103 bytes, which is more than there is room for in"
        + " the slot of a cell, so that it is refused"})
    void impossibleLabelsAreRefused(String label) throws Exception {
        try (Cells cells = Cells.create(file, SLOTS)) {
            assertThatIllegalArgumentException().isThrownBy(() -> cells.longCell(label))
                .withMessageContaining("1 to 103 bytes");
        }
    }

    @Test
    void labelsOfEveryLengthAreKeptApart() throws Exception {
        try (Cells cells = Cells.create(file, 200); Cells others = Cells.open(file)) {
            for (int length = 1; length <= 103; length++) {
                cells.longCell("x".repeat(length)).set(length);
            }
            for (int length = 103; length >= 1; length--) {
                assertThat(others.longCell("x".repeat(length)).get()).isEqualTo(length);
            }
            assertThat(cells.entries()).hasSize(103).allSatisfy(entry ->
                assertThat(entry.value()).isEqualTo((long) entry.label().length()));
        }
    }

    @Test
    void aRetiredCellIsHiddenUntilSomebodyAsksForIt() throws Exception {
        try (Cells cells = Cells.create(file, SLOTS)) {
            SharedLong cell = cells.longCell("a");
            cell.set(3);
            assertThat(cells.retire("a")).isTrue();
            assertThat(cells.retire("a")).isFalse();
            assertThat(cells.retire("b")).isFalse();
            assertThat(cells.contains("a")).isFalse();
            assertThat(cells.entries()).isEmpty();
            assertThat(cell.incrementAndGet()).isEqualTo(4);
            assertThat(cells.longCell("a").get()).isEqualTo(4);
            assertThat(cells.contains("a")).isTrue();
        }
    }

    @Test
    void threadsThatAskAtOnceGetTheSameCells() throws Exception {
        int labels = 40;
        try (Cells cells = Cells.create(file, labels); Cells others = Cells.open(file)) {
            List<Background<Void>> adders = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Cells mine = i % 2 == 0 ? cells : others;
                int start = i * 10;
                adders.add(Background.start(() -> {
                    for (int n = 0; n < labels; n++) {
                        mine.longCell("requests." + (start + n) % labels).incrementAndGet();
                    }
                    return null;
                }));
            }
            for (Background<Void> adder : adders) {
                adder.result();
            }
            assertThat(cells.entries()).hasSize(labels)
                .allSatisfy(entry -> assertThat(entry.value()).isEqualTo(4L));
        }
    }

    @Test
    void aCellIsSentByItsLabelAndWaitsAcrossMappings() throws Exception {
        try (Cells cells = Cells.create(file, SLOTS)) {
            SharedLong cell = cells.longCell("a");
            try (SharedLong copy = (SharedLong) sent(cell); Cells whole = (Cells) sent(cells);
                Background<Boolean> waiter = Background.start(() -> copy.awaitChange(0, LONG))) {
                whole.longCell("a").set(7);
                assertThat(waiter.result()).isTrue();
                assertThat(copy.name()).isEqualTo("a");
                assertThat(cell.get()).isEqualTo(7);
            }
            byte[] message = bytes(cell);
            cells.remove();
            assertThatThrownBy(() -> read(message)).isInstanceOf(InvalidObjectException.class)
                .hasCauseInstanceOf(NoSuchFileException.class);
            Cells.create(file, SLOTS).close();
            assertThatThrownBy(() -> read(message)).isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("another file");
        }
    }

    @Test
    void aClosedCellIsGotAgain() throws Exception {
        try (Cells cells = Cells.create(file, SLOTS)) {
            cells.longCell("a").set(3);
            cells.longCell("a").close();
            assertThat(cells.longCell("a").get()).isEqualTo(3);
            cells.longCell("a").remove();
            assertThat(cells.contains("a")).isFalse();
        }
    }

    @Test
    void closingClosesTheCellsThatWereGot() throws Exception {
        Cells cells = Cells.create(file, SLOTS);
        SharedLong cell = cells.longCell("a");
        cells.close();
        cells.close();
        assertThatIllegalStateException().isThrownBy(cell::get);
        assertThatIllegalStateException().isThrownBy(() -> cells.longCell("a"));
        assertThatIllegalStateException().isThrownBy(cells::entries);
        assertThat(Files.exists(file)).isTrue();
    }

    @Test
    void whatIsNoFileOfCellsIsRefused() throws Exception {
        assertThatThrownBy(() -> Cells.open(file)).isInstanceOf(NoSuchFileException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> Cells.create(file, 0)).withMessageContaining("actual 0");
        assertThatIllegalArgumentException().isThrownBy(() -> Cells.create(file, Integer.MAX_VALUE));
        TestObject.inFile(Cells.format(1), file);
        assertThatThrownBy(() -> Cells.open(file)).isInstanceOf(WrongKindException.class);
        assertThatThrownBy(() -> Cells.create(file, 1)).isInstanceOf(FileAlreadyExistsException.class);
    }

    private static Object sent(Object object) throws Exception {
        return read(bytes(object));
    }

    private static byte[] bytes(Object object) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}
