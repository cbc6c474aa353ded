package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.codec.Codecs;
import io.millrace.domain.Domain;
import io.millrace.domain.ObjectRemovedException;
import io.millrace.domain.SharedObject;
import io.millrace.memory.GroupDirectories;
import io.millrace.queue.JoinableQueue;
import io.millrace.queue.SharedQueue;
import io.millrace.testing.Background;
import io.millrace.testing.ChildJvm;
import java.io.IOException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that look at a domain and mend it, on what living and killed programs have made. */
@Timeout(120)
class DomainCommandsTest extends DomainCommandsContract {

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
    void aDomainThatIsOpenToAGroupIsLookedAtByItsUserAndByThoseWhoSaySo() throws Exception {
        String group = Files.getAttribute(directory().getParent(), "unix:gid").toString();
        try (Domain domain = Domain.openToGroup(directory(), group);
            SharedQueue<String> queue = queue("queue")) {
            assertThat(domain.isOpenToGroup()).isTrue();
            queue.put("a");
            for (String command : List.of("ls", "doctor")) {
                assertThat(millrace(command).code()).as(command).isEqualTo(SUCCESS);
            }
            assertThat(millrace("stat", "queue").code()).isEqualTo(SUCCESS);
            assertThat(millrace("rm", "queue").out()).startsWith("removed queue");
        }
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root can give files away");
        for (String file : new String[] {".", "table", "lock"}) {
            Files.setAttribute(directory().resolve(file), "unix:uid", 64_201);
        }
        GroupDirectories.close(directory()); // by the call above this JVM has said so
        for (String command : List.of("ls", "doctor")) {
            Run refused = millrace(command);
            assertThat(refused.code()).as(command).isEqualTo(FAILURE);
            assertThat(refused.err()).hasLineCount(1).contains("actual uid 64201", "MILLRACE_DOMAIN_GROUP");
        }
        System.setProperty("millrace.domain.group", group);
        try {
            assertThat(millrace("ls").code()).isEqualTo(SUCCESS);
            assertThat(millrace("doctor", "--repair").code()).isEqualTo(SUCCESS);
        } finally {
            System.clearProperty("millrace.domain.group");
        }
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
