package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import io.millrace.atomic.Cells;
import io.millrace.atomic.CellsBuilder;
import io.millrace.atomic.ShareableList;
import io.millrace.atomic.SharedCounter;
import io.millrace.atomic.SharedLong;
import io.millrace.atomic.SharedShortArray;
import io.millrace.atomic.SharedStruct;
import io.millrace.atomic.SharedStructArray;
import io.millrace.codec.Codecs;
import io.millrace.domain.Domain;
import io.millrace.domain.ObjectRemovedException;
import io.millrace.domain.SharedObject;
import io.millrace.pipe.Pipe;
import io.millrace.pipe.PipeListener;
import io.millrace.queue.JoinableQueue;
import io.millrace.queue.SharedQueue;
import io.millrace.testing.Background;
import io.millrace.testing.ChildJvm;
import io.millrace.testing.MemoryDirectory;
import io.millrace.value.SharedMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that look at a domain and mend it, on what living and killed programs have made. */
@Timeout(120)
class DomainCommandsTest {
    private static final int SUCCESS = 0;
    private static final int FAILURE = 1;
    private static final int WRONG_USAGE = 2;

    @TempDir(factory = MemoryDirectory.class)
    private Path parent;

    private Path directory() {
        return parent.resolve("domain");
    }

    private Run millrace(String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(1, List.of("--domain", directory().toString()));
        return Run.of(arguments.toArray(String[]::new));
    }

    private Map<String, Object> json(String... command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.add("--json");
        Run run = millrace(arguments.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        Map<String, Object> map = JSON.std.mapFrom(run.out());
        assertThat(map).containsEntry("schema", 1).containsEntry("domain", directory().toString())
            .containsKey("domainId");
        return map;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Object value) {
        return (List<Map<String, Object>>) value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString())
                .filter(name -> !name.equals("lock") && !name.equals("table")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SharedQueue<String> queue(String name) {
        return SharedQueue.<String>builder().domain(directory()).name(name).codec(Codecs.utf8()).create();
    }

    /** A child that is in the middle of something. */
    private ChildJvm stopped(String what) throws Exception {
        ChildJvm child = ChildJvm.of(Victim.class).start(directory(), what);
        assertThat(Integer.parseInt(child.awaitLine())).isPositive();
        child.awaitLine(Victim.STOPPED);
        return child;
    }

    private void killed(String what) throws Exception {
        try (ChildJvm child = stopped(what)) {
            child.kill();
        }
    }

    private List<String> sorts() throws IOException {
        return list(json("doctor").get("findings")).stream().map(finding -> (String) finding.get("sort")).toList();
    }

    @Test
    void emptyDomainHasNoObjectsAndNothingWrong() throws Exception {
        Domain.join(directory()).close();
        Run ls = millrace("ls");
        assertThat(ls.code()).isEqualTo(SUCCESS);
        assertThat(ls.out()).isEqualTo("no objects in " + directory() + "\n");
        Run doctor = millrace("doctor");
        assertThat(doctor.code()).isEqualTo(SUCCESS);
        assertThat(doctor.out()).isEqualTo("nothing wrong with 0 objects in " + directory() + "\n");
        assertThat(list(json("ls").get("objects"))).isEmpty();
    }

    @Test
    void lsTellsKindDepthAndUsers() throws Exception {
        try (SharedQueue<String> queue = queue("queue")) {
            queue.put("a");
            queue.put("b");
            SharedObject.create(Domain.join(directory()), "other", Victim.KIND, Long.BYTES, (body, parts) -> { })
                .close();
            Run ls = millrace("ls");
            assertThat(ls.code()).isEqualTo(SUCCESS);
            assertThat(ls.err()).isEmpty();
            assertThat(ls.row("NAME")).containsExactly("NAME", "KIND", "DEPTH", "USERS", "SIZE", "AGE", "STATE");
            assertThat(ls.row("queue ")).startsWith("queue", "queue", "2", "1").endsWith("named");
            assertThat(ls.row("other ")).startsWith("other", "test-object (unknown)", "-", "0");

            List<Map<String, Object>> objects = list(json("ls").get("objects"));
            assertThat(objects).extracting(object -> object.get("name")).containsExactly("other", "queue");
            assertThat(objects.get(0)).containsEntry("known", false).doesNotContainKeys("queue", "problem");
            assertThat(objects.get(1)).containsEntry("kind", "queue").containsEntry("known", true)
                .containsEntry("lifetime", "named").containsEntry("removed", false).containsEntry("parts", 1);
            assertThat(map(objects.get(1).get("queue"))).containsEntry("depth", 2).containsEntry("codec", "utf-8")
                .containsEntry("beingPut", 0).containsEntry("taken", 0).containsEntry("dropped", 0)
                .doesNotContainKeys("itemsMax", "unfinished");
        }
    }

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

    @ParameterizedTest
    @ValueSource(strings = {"list", "long", "structs"})
    void damagedCellsAreFoundStayAndGoWithTheirObject(String name) throws Exception {
        CellsBuilder<? extends AutoCloseable> builder = name.equals("list") ? ShareableList.builderOf("a", 5)
            : name.equals("long") ? SharedLong.builder() : SharedStructArray.builder(3, 8);
        builder.domain(directory()).name(name).create().close();
        Path file = directory().resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 128 + 4352, 128 + 4352 + Integer.BYTES, (byte) -1); // how many there are
        Files.write(file, bytes, StandardOpenOption.WRITE);
        Run doctor = millrace("doctor", "--repair");
        assertThat(doctor.code()).isEqualTo(FAILURE);
        assertThat(doctor.row("damage")).startsWith("damage", "damaged-cells", name);
        assertThat(doctor.err()).doesNotContain("\tat ");
        assertThat(millrace("stat", name).code()).isEqualTo(SUCCESS);
        assertThat(millrace("rm", name).code()).isEqualTo(SUCCESS);
        assertThat(names()).isEmpty();
    }

    @Test
    void statAndDumpTellWhoHasWhatInHand() throws Exception {
        try (ChildJvm child = stopped("taken")) {
            Run stat = millrace("stat", "jobs");
            assertThat(stat.code()).isEqualTo(SUCCESS);
            assertThat(stat.out()).containsPattern("kind +joinable-queue").containsPattern("depth +2 of 10 items")
                .containsPattern("unfinished +3").containsPattern("users +\\d+\n").contains("PARTICIPANT");
            Map<String, Object> queue = map(map(json("stat", "jobs").get("object")).get("queue"));
            assertThat(queue).containsEntry("depth", 2).containsEntry("taken", 1).containsEntry("unfinished", 3)
                .containsEntry("itemsMax", 10);
            assertThat(list(queue.get("rings"))).hasSize(1);
            assertThat(list(queue.get("hands"))).singleElement().asString().contains("taken=1");
            Run dump = millrace("dump", "jobs");
            assertThat(dump.code()).isEqualTo(SUCCESS);
            assertThat(dump.out()).contains("segment header", "= joinable-queue", "shared object", "lifetime = 0",
                "ring chain", "ring 1", "taken, span 1, owner", "published");
            assertThat(millrace("doctor").code()).isEqualTo(SUCCESS);
            assertThat(child.isDead()).isFalse();
        }
    }

    @Test
    void taskInTheHandsOfTheDeadIsFoundAndGivenBack() throws Exception {
        killed("taken");
        Run doctor = millrace("doctor");
        assertThat(doctor.code()).isEqualTo(FAILURE);
        assertThat(doctor.row("mendable")).startsWith("mendable", "dead-hands", "jobs");
        assertThat(doctor.out()).contains("is dead", "claimed 0, taken 1");
        Run repair = millrace("doctor", "--repair");
        assertThat(repair.err()).isEmpty();
        assertThat(repair.code()).isEqualTo(SUCCESS);
        assertThat(repair.row("mended")).startsWith("mended", "dead-hands", "jobs");
        assertThat(millrace("doctor").code()).isEqualTo(SUCCESS);
        try (JoinableQueue<String> queue = JoinableQueue.<String>builder().domain(directory()).name("jobs")
            .codec(Codecs.utf8()).open()) {
            assertThat(queue.get()).isEqualTo("a");
        }
    }

    @Test
    void claimInTheHandsOfTheDeadIsFoundAndGivenUp() throws Exception {
        killed("claimed");
        assertThat(millrace("stat", "claims").out()).containsPattern("being put +1");
        assertThat(millrace("doctor").out()).contains("dead-hands", "claimed 1, taken 0");
        assertThat(millrace("doctor", "--repair").code()).isEqualTo(SUCCESS);
        assertThat(millrace("stat", "claims").out()).containsPattern("being put +0").containsPattern("depth +0");
    }

    @Test
    void whatCrashesLeaveIsFoundAndTakenAway() throws Exception {
        // Each is killed only when all are there: whoever joins first takes away what is left of others.
        try (ChildJvm anonymous = stopped("anonymous"); ChildJvm half = stopped("half");
            ChildJvm large = stopped("large")) {
            Background.awaitUntil(() -> names().stream()
                .filter(name -> name.contains("~message-") && !name.startsWith(".")).count() == 2);
            assertThat(millrace("doctor").code()).isEqualTo(SUCCESS);
            anonymous.kill();
            half.kill();
            large.kill();
        }
        List<String> before = names();
        assertThat(sorts()).containsExactlyInAnyOrder("orphan-object", "half-created", "orphan-part",
            "orphan-message");
        assertThat(millrace("doctor").code()).isEqualTo(FAILURE);
        assertThat(names()).isEqualTo(before);
        Map<String, Object> repair = json("doctor", "--repair");
        assertThat(list(repair.get("mended"))).hasSize(4);
        assertThat(list(repair.get("findings"))).isEmpty();
        assertThat(repair).containsEntry("objects", 1);
        assertThat(names()).hasSize(3).contains("full").noneMatch(name -> name.startsWith("."));
        try (SharedQueue<byte[]> queue = SharedQueue.<byte[]>builder().domain(directory()).name("full")
            .codec(Codecs.bytes()).open()) {
            assertThat(queue.get()).hasSize(Victim.LARGE);
            assertThat(queue.get()).hasSize(1);
        }
        assertThat(millrace("doctor").code()).isEqualTo(SUCCESS);
    }

    @Test
    void damagedFileIsListedStaysAndCanBeRemoved() throws Exception {
        queue("queue").close();
        queue("sound").close();
        Files.write(directory().resolve("queue"), new byte[1], StandardOpenOption.WRITE);
        Run ls = millrace("ls");
        assertThat(ls.code()).isEqualTo(SUCCESS);
        assertThat(ls.row("queue ")).startsWith("queue", "?").last().asString().startsWith("damaged: ");
        assertThat(ls.row("sound ")).endsWith("named");
        assertThat(map(json("stat", "queue").get("object"))).containsKey("problem").doesNotContainKey("kind");
        assertThat(millrace("doctor", "--repair").code()).isEqualTo(FAILURE);
        assertThat(sorts()).containsExactly("damaged-object");
        assertThat(millrace("rm", "queue").code()).isEqualTo(SUCCESS);
        assertThat(names()).doesNotContain("queue").contains("sound");
        assertThat(millrace("doctor").code()).isEqualTo(SUCCESS);
    }

    @Test
    void damagedRecordIsFoundStaysAndGoesWithItsQueue() throws Exception {
        try (SharedQueue<String> queue = queue("queue")) {
            queue.put("a");
        }
        Path ring = directory().resolve(names().stream().filter(name -> name.contains("ring")).findFirst().get());
        byte[] bytes = Files.readAllBytes(ring);
        Arrays.fill(bytes, 1024, 1024 + (1 << 14) * Long.BYTES, (byte) -1);
        Files.write(ring, bytes, StandardOpenOption.WRITE);
        Run doctor = millrace("doctor", "--repair");
        assertThat(doctor.code()).isEqualTo(FAILURE);
        assertThat(doctor.row("damage")).startsWith("damage", "damaged-queue", "queue");
        assertThat(doctor.err()).doesNotContain("\tat ");
        assertThat(millrace("ls").row("queue ")).last().asString().contains("ring 1");
        assertThat(millrace("dump", "queue").out()).contains("ring 1", "damaged");
        assertThat(millrace("rm", "queue").code()).isEqualTo(SUCCESS);
        assertThat(names()).isEmpty();
    }

    @Test
    void everyFieldAndEverySortIsInTheDocument() throws Exception {
        killed("taken");
        Set<String> words = new TreeSet<>();
        for (List<String> command : List.of(List.of("ls"), List.of("stat", "jobs"), List.of("doctor"))) {
            collect(json(command.toArray(String[]::new)), words);
        }
        words.addAll(sorts());
        assertThat(words).contains("dead-hands", "deadUsers", "hands");
        String document = Files.readString(Path.of(System.getProperty("millrace.root"), "docs", "command-line.md"));
        assertThat(words).allSatisfy(word -> assertThat(document).contains("`" + word + "`"));
    }

    private static void collect(Object value, Set<String> names) {
        if (value instanceof Map) {
            map(value).forEach((name, inner) -> {
                names.add(name);
                collect(inner, names);
            });
        } else if (value instanceof List) {
            ((List<?>) value).forEach(inner -> collect(inner, names));
        }
    }

    @Test
    void usersOfWhatIsRemovedAreTold() throws Exception {
        try (SharedQueue<String> queue = queue("queue")) {
            Run rm = millrace("rm", "queue");
            assertThat(rm.code()).isEqualTo(SUCCESS);
            assertThat(rm.out()).isEqualTo("removed queue, which had 1 user\n");
            assertThat(names()).isEmpty();
            assertThatThrownBy(() -> queue.get(Duration.ofHours(1))).isInstanceOf(ObjectRemovedException.class);
            Run again = millrace("rm", "queue");
            assertThat(again.code()).isEqualTo(FAILURE);
            assertThat(again.err()).contains("no such object").hasLineCount(1);
        }
    }

    @Test
    void aDomainThatIsNotThereIsAFailureAndIsNotMade() {
        for (String command : List.of("ls", "doctor")) {
            Run run = millrace(command);
            assertThat(run.code()).isEqualTo(FAILURE);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).startsWith("millrace " + command + ": ").contains("there is no domain")
                .hasLineCount(1);
        }
        assertThat(millrace("rm", "queue").code()).isEqualTo(FAILURE);
        assertThat(directory()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stat", "dump", "rm", "stat lock", "rm .hidden", "dump a~b", "ls extra", "rm one two",
        "doctor --mend", "dump --json one", "ls --domain"})
    void wrongUsageIsToldInItsOwnWords(String commandLine) throws Exception {
        Domain.join(directory()).close();
        List<String> words = new ArrayList<>(List.of(commandLine.split(" ")));
        if (!commandLine.endsWith("--domain")) {
            words.addAll(List.of("--domain", directory().toString()));
        }
        Run run = Run.of(words.toArray(String[]::new));
        assertThat(run.code()).isEqualTo(WRONG_USAGE);
        assertThat(run.err()).isNotBlank().doesNotContain("\tat ", "Exception:");
    }

    @Test
    void theEnvironmentNamesTheDomainOfAProcessOfItsOwn() throws Exception {
        try (SharedQueue<String> queue = queue("queue")) {
            queue.put("a");
            ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Millrace.class.getName(), "ls");
            builder.environment().put("MILLRACE_DOMAIN", directory().toString());
            Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String out = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).isZero();
            assertThat(new Run(0, out, "").row("queue ")).startsWith("queue", "queue", "1", "1");
        }
    }
}
