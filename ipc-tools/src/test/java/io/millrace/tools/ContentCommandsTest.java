package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.atomic.Cells;
import io.millrace.atomic.CellsBuilder;
import io.millrace.atomic.ShareableList;
import io.millrace.atomic.SharedCounter;
import io.millrace.atomic.SharedLong;
import io.millrace.atomic.SharedShortArray;
import io.millrace.atomic.SharedStruct;
import io.millrace.atomic.SharedStructArray;
import io.millrace.pipe.Pipe;
import io.millrace.pipe.PipeListener;
import io.millrace.sync.SharedReentrantLock;
import io.millrace.value.SharedMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands show and find of pipes, values and arrays. */
@Timeout(120)
class ContentCommandsTest extends DomainCommandsContract {
    @Test
    void theEndsOfAPipeAreShown() throws Exception {
        try (PipeListener listener = Pipe.listen(directory(), "greetings");
            Pipe pipe = Pipe.builder(true).domain(directory()).create()) {
            pipe.first().send("hello");
            pipe.first().close();
            Run stat = millrace("stat", listener.name());
            assertThat(stat.out()).containsPattern("kind +" + "pipe-listener").containsPattern("duplex +false")
                .containsPattern("first +held +[0-9]+ +none +nobody +0");
            String name = names().stream().filter(each -> each.matches("anonymous-[0-9-]+")).findFirst()
                .orElseThrow();
            assertThat(millrace("stat", name).out()).containsPattern("first +over +none +none +nobody +0")
                .containsPattern("second +held +[0-9]+ +none +nobody +1");
            Map<String, Object> ends = map(map(json("stat", name).get("object")).get("pipe"));
            assertThat(list(ends.get("ends")).get(1)).containsEntry("over", false).containsEntry("lanes", List.of(0));
            assertThat(millrace("dump", name).out()).contains("spaceSignal").contains("laneCapacity");
            String document = Files.readString(Path.of(System.getProperty("millrace.root"), "docs", "command-line.md"));
            Set<String> words = new TreeSet<>();
            collect(ends, words);
            assertThat(words).allSatisfy(word -> assertThat(document).contains("`" + word + "`"));
        }
    }

    @Test
    void valuesOfCellsAreShown() throws Exception {
        try (Cells cells = Cells.builder(4).domain(directory()).name("counters").create();
            SharedCounter hits = SharedCounter.builder().domain(directory()).name("hits").create();
            SharedShortArray array =
                SharedShortArray.builderOf((short) 7, (short) 0).domain(directory()).name("array").create();
            SharedStruct struct = SharedStruct.builder(16).domain(directory()).name("struct").create();
            SharedStructArray structs = SharedStructArray.builder(2, 8).domain(directory()).name("structs").create();
            ShareableList items = ShareableList.builderOf("a\n", 5, null).domain(directory()).name("items").create();
            SharedMemory memory = SharedMemory.builder(77).domain(directory()).name("memory").create()) {
            cells.longCell("requests").set(42);
            cells.doubleCell("load\n").set(Double.NaN);
            hits.add(5);
            array.set(1, -8);
            struct.set(new byte[16]);
            assertThat(millrace("stat", "counters").out()).containsPattern("requests +long +42")
                .containsPattern("load\\? +double +NaN");
            assertThat(millrace("stat", "hits").out()).containsPattern("value +long +5");
            assertThat(millrace("stat", "array").out()).containsPattern("0 +short +7").containsPattern("1 +short +-8");
            structs.set(1, new byte[8]);
            assertThat(millrace("stat", "struct").out()).containsPattern("version +long +1");
            assertThat(millrace("stat", "structs").out()).containsPattern("1 +struct +8 bytes, version 1");
            assertThat(millrace("stat", items.name()).out())
                .containsPattern("0 +text +a\\?").containsPattern("1 +long +5").containsPattern("2 +null +null");
            assertThat(millrace("stat", memory.name()).out()).containsPattern("size +int +77");
            assertThat(list(map(json("stat", "counters").get("object")).get("cells"))).containsExactly(
                Map.of("label", "requests", "type", "long", "value", 42),
                Map.of("label", "load\n", "type", "double", "value", "NaN"));
            assertThat(millrace("ls").out()).containsPattern("hits +counter +- +1").doesNotContain("unknown");
            assertThat(millrace("dump", "hits").code()).isEqualTo(SUCCESS);
            assertThat(millrace("doctor").code()).isEqualTo(SUCCESS);
        }
        assertThat(millrace("rm", "counters").code()).isEqualTo(SUCCESS);
    }

    @Test
    void locksSayWhoHoldsThem() throws Exception {
        try (SharedReentrantLock lock = SharedReentrantLock.builder().domain(directory()).name("guard").create();
            SharedLong value = SharedLong.builder().domain(directory()).name("value").create()) {
            assertThat(millrace("stat", "guard").out()).containsPattern("lock +free");
            assertThat(map(map(json("stat", "guard").get("object")).get("lock"))).isEqualTo(Map.of("abandoned", false));
            assertThat(millrace("stat", "value").out()).doesNotContain("free");
            for (Lock each : List.of(lock, value.lock())) {
                each.lock();
                each.lock();
            }
            long thread = Thread.currentThread().getId();
            for (String name : List.of("guard", "value")) {
                assertThat(millrace("stat", name).out())
                    .containsPattern("lock +held 2 times by thread " + thread + " of participant [0-9]+\n");
                Map<String, Object> seen = map(map(json("stat", name).get("object")).get("lock"));
                assertThat(seen).containsEntry("holds", 2).containsEntry("dead", false)
                    .containsKeys("participant", "thread", "abandoned").hasSize(5);
            }
            assertThat(millrace("ls").out()).containsPattern("guard +reentrant-lock").doesNotContain("unknown");
            assertThat(millrace("doctor").code()).isEqualTo(SUCCESS);
            for (Lock each : List.of(lock, value.lock())) {
                each.unlock();
                each.unlock();
            }
        }
        Path file = directory().resolve("guard");
        byte[] bytes = Files.readAllBytes(file);
        bytes[128 + 136 + 3] = 1; // the id of a participant that never was
        Files.write(file, bytes, StandardOpenOption.WRITE);
        assertThat(millrace("doctor").row("damage")).startsWith("damage", "damaged-lock", "guard");
        assertThat(millrace("rm", "guard").code()).isEqualTo(SUCCESS);
        assertThat(millrace("rm", "value").code()).isEqualTo(SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "long", "structs"})
    void damagedCellsAreFoundStayAndGoWithTheirObject(String name) throws Exception {
        CellsBuilder<? extends AutoCloseable> builder = name.equals("list") ? ShareableList.builderOf("a", 5)
            : name.equals("long") ? SharedLong.builder() : SharedStructArray.builder(3, 8);
        builder.domain(directory()).name(name).create().close();
        Path file = directory().resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 128 + 16640, 128 + 16640 + Integer.BYTES, (byte) -1); // how many there are
        Files.write(file, bytes, StandardOpenOption.WRITE);
        Run doctor = millrace("doctor", "--repair");
        assertThat(doctor.code()).isEqualTo(FAILURE);
        assertThat(doctor.row("damage")).startsWith("damage", "damaged-cells", name);
        assertThat(doctor.err()).doesNotContain("\tat ");
        assertThat(millrace("stat", name).code()).isEqualTo(SUCCESS);
        assertThat(millrace("rm", name).code()).isEqualTo(SUCCESS);
        assertThat(names()).isEmpty();
    }
}
