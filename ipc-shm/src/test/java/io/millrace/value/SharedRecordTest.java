package io.millrace.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.millrace.atomic.ItemTooLongException;
import io.millrace.atomic.ShareableList;
import io.millrace.atomic.SharedLong;
import io.millrace.atomic.SharedStruct;
import io.millrace.domain.SharedDirectory;
import io.millrace.format.WrongKindException;
import io.millrace.process.JvmProcess;
import io.millrace.queue.SharedQueue;
import io.millrace.testing.Background;
import io.millrace.value.ValueWork.Everything;
import io.millrace.value.ValueWork.Twins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records and lists in a domain: read whole, sent, of the right class, and mended after writers that were killed. */
@Timeout(60)
class SharedRecordTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Everything ALL = new Everything(true, (byte) -1, (short) -2, 'ß', -3, Long.MIN_VALUE, 0.1f,
        Math.PI, "äöü\0", new byte[] {0, 1, 0});

    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private record Other(long one, @MaxBytes(31) String other) { }

    private record Unbounded(String text) { }

    private record Odd(List<String> texts) { }

    private record Positive(int number) {
        private Positive {
            if (number < 0) {
                throw new IllegalArgumentException("negative");
            }
        }
    }

    private Path domain() {
        return parent.resolve("domain");
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        if (!Files.exists(domain())) {
            return;
        }
        try (Stream<Path> files = Files.list(domain())) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("lock", "table");
        }
    }

    @Test
    void componentsOfEveryTypeComeBackAsTheyWere() throws Exception {
        Everything empty = new Everything(false, (byte) 0, (short) 0, (char) 0, 0, 0, 0, 0, "", new byte[0]);
        try (SharedRecord<Everything> record = SharedRecord.builder(ALL).domain(domain()).create();
            SharedRecordArray<Everything> array =
                SharedRecordArray.builder(Everything.class, 2).domain(domain()).create()) {
            assertThat(record.get()).usingRecursiveComparison().isEqualTo(ALL);
            record.set(empty);
            assertThat(record.get()).usingRecursiveComparison().isEqualTo(empty);
            assertThat(record.version()).isEqualTo(1);
            assertThat(array.length()).isEqualTo(2);
            array.set(1, ALL);
            assertThat(array.get(1)).usingRecursiveComparison().isEqualTo(ALL);
            assertThat(array).first().usingRecursiveComparison().isEqualTo(empty);
        }
    }

    @Test
    void changesAreOneStepAndAreAwaited() throws Exception {
        try (SharedRecord<Twins> twins = SharedRecord.builder(new Twins(0, "0")).domain(domain()).create();
            Background<Boolean> waiter = Background.start(() -> twins.await(now -> now.one() == 2, LONG))) {
            twins.update(Twins::next);
            twins.update(Twins::next);
            assertThat(waiter.result()).isTrue();
            assertThat(twins.get()).isEqualTo(new Twins(2, "2"));
            assertThat(twins.awaitChange(1, LONG)).isTrue();
            assertThat(twins.set(new Twins(3, "3"), Duration.ZERO)).isTrue();
        }
    }

    @Test
    void whatDoesNotFitChangesNothing() throws Exception {
        try (SharedRecord<Twins> twins = SharedRecord.builder(new Twins(0, "0")).domain(domain()).create()) {
            assertThatExceptionOfType(ItemTooLongException.class)
                .isThrownBy(() -> twins.set(new Twins(1, "é".repeat(16)))).withMessageContaining("other")
                .withMessageContaining("actual 32 bytes, expected at most 30");
            assertThatNullPointerException().isThrownBy(() -> twins.set(new Twins(1, null)))
                .withMessageContaining("other");
            assertThatIllegalArgumentException().isThrownBy(() -> twins.set(new Twins(1, "\uDC00")));
            assertThat(twins.get()).isEqualTo(new Twins(0, "0"));
        }
        SharedRecord<Twins> closed = SharedRecord.builder(new Twins(0, "0")).domain(domain()).create();
        closed.close();
        assertThatIllegalStateException().isThrownBy(closed::get);
        assertThatIllegalArgumentException().isThrownBy(() -> SharedRecord.builder(Unbounded.class))
            .withMessageContaining("@MaxBytes");
        assertThatIllegalArgumentException().isThrownBy(() -> SharedRecord.builder(Odd.class));
        assertThatIllegalArgumentException().isThrownBy(() -> SharedRecordArray.builder(Twins.class, -1));
    }

    @Test
    void aRecordOfAnotherClassIsRefused() {
        try (SharedRecord<Twins> twins = SharedRecord.builder(new Twins(0, "0")).domain(domain()).name("t").create();
            SharedStruct bytes = SharedStruct.builder(4).domain(domain()).name("b").create();
            SharedRecordArray<Twins> array = SharedRecordArray.builderOf(Twins.class, List.of(new Twins(1, "1")))
                .domain(domain()).name("a").create()) {
            assertThatExceptionOfType(WrongRecordException.class)
                .isThrownBy(() -> SharedRecord.builder(Other.class).domain(domain()).name("t").open())
                .withMessageContaining("(one long, other String of 31)");
            assertThatExceptionOfType(WrongRecordException.class)
                .isThrownBy(() -> SharedRecord.builder(Twins.class).domain(domain()).name("b").open());
            assertThatExceptionOfType(WrongRecordException.class)
                .isThrownBy(() -> SharedRecordArray.builder(Other.class).domain(domain()).name("a").open());
            assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> SharedRecord.builder(Twins.class).domain(domain()).name("a").open())
                .withCauseInstanceOf(WrongKindException.class);
            twins.remove();
            bytes.remove();
            array.remove();
        }
    }

    @Test
    void aConstructorThatRefusesTellsWhere() throws Exception {
        try (SharedRecord<Positive> record = SharedRecord.builder(new Positive(1)).domain(domain()).name("p").create();
            SharedStruct struct = SharedStruct.builder().domain(domain()).name("p").open()) {
            struct.update(bytes -> bytes.putInt(4, -1));
            assertThatIllegalArgumentException().isThrownBy(record::get).withMessageContaining("'p'");
            record.remove();
        }
    }

    @Test
    void recordsAndListsAreSentThroughAQueue() throws Exception {
        try (SharedRecord<Twins> twins = SharedRecord.builder(new Twins(0, "0")).domain(domain()).name("t").create();
            SharedRecordArray<Twins> array =
                SharedRecordArray.builder(Twins.class, 1).domain(domain()).name("a").create();
            ShareableList list = ShareableList.builderOf("howdy", 5).domain(domain()).name("l").create();
            SharedQueue<Object> queue = SharedQueue.builder().domain(domain()).create()) {
            queue.put(twins);
            queue.put(array);
            queue.put(list);
            try (SharedRecord<?> first = (SharedRecord<?>) queue.get();
                SharedRecordArray<?> second = (SharedRecordArray<?>) queue.get();
                ShareableList third = (ShareableList) queue.get();
                ShareableList copy = ShareableList.builderOf(third.toList().toArray()).domain(domain()).create()) {
                twins.update(Twins::next);
                assertThat(first.get()).isEqualTo(new Twins(1, "1"));
                assertThat(second.length()).isEqualTo(1);
                third.set(1, 6);
                assertThat(list.get(1)).isEqualTo(6L);
                assertThat(copy.toList()).containsExactly("howdy", 5L);
                assertThat(copy.name()).isNotEqualTo(list.name());
            }
            twins.remove();
            array.remove();
            list.remove();
        }
    }

    @Test
    void childrenThatAreKilledWhileTheyWriteTearNothingAndHoldNobodyUp() throws Exception {
        try (ShareableList list = ShareableList.builderOf("x".repeat(ValueWork.TEXT_LENGTH)).domain(domain()).create();
            SharedRecordArray<Twins> twins = SharedRecordArray
                .builderOf(Twins.class, Collections.nCopies(3, new Twins(0, "0"))).domain(domain()).create();
            SharedLong rounds = SharedLong.builder().domain(domain()).create()) {
            for (int kills = 0; kills < 3; kills++) {
                long before = rounds.get();
                try (JvmProcess child =
                    JvmProcess.builder(ValueWork::writeForEver, list, twins, rounds).domain(domain()).start()) {
                    assertThat(rounds.await(count -> count > before + 50L, LONG)).isTrue();
                    for (int look = 0; look < 50; look++) {
                        assertWhole(list, twins);
                    }
                    child.kill();
                    child.join();
                }
                assertWhole(list, twins);
                assertThat(list.set(0, "mine", LONG)).isTrue();
                assertThat(list.get(0)).isEqualTo("mine");
                twins.update(0, Twins::next);
                assertWhole(list, twins);
            }
        }
    }

    private static void assertWhole(ShareableList list, SharedRecordArray<Twins> twins) {
        assertThat(((String) list.get(0)).chars().distinct().count()).satisfiesAnyOf(
            count -> assertThat(count).isLessThanOrEqualTo(1), count -> assertThat(list.get(0)).isEqualTo("mine"));
        assertThat(twins.toList()).allMatch(Twins::areTwins);
    }
}
