package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.domain.Domain;
import io.millrace.queue.SharedQueue;
import io.millrace.testing.Background;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of children when their parent ends, by whatever means, and of parents when children do. */
class ProcessLifetimeTest extends ProcessContract {
    private static final Duration MOMENT = Duration.ofMillis(200);
    /** With {@code -Dchildren=200} fifty of as many are killed. */
    private static final int CHILDREN = Integer.getInteger("children", 12);
    private static final int BATCH = 4;
    private static final long SEED = Long.getLong("millrace.seed", System.nanoTime());

    private final Map<String, ProcessHandle> family = new HashMap<>();
    private SharedQueue<Object> go;

    @BeforeEach
    void makeSecondQueue() {
        go = SharedQueue.builder().domain(domain()).create();
    }

    @AfterEach
    void endFamily() throws Exception {
        for (ProcessHandle member : family.values()) {
            member.destroyForcibly();
            awaitEnd(member);
        }
        go.close();
        try (Domain joined = Domain.join(domain())) {
            joined.reap(); // as the next program does that joins
        }
    }

    /** A parent, one of whose children waits for a word; both children are there when this returns. */
    private JvmProcess parent(String how) throws InterruptedException {
        return parent(how, JvmOptions.JAVA);
    }

    private JvmProcess parent(String how, Path java) throws InterruptedException {
        JvmProcess parent = start(JvmProcess.builder(Work::family, said, go, how).domain(domain()).java(java)
            .options("-Dmillrace.domain=" + domain()).redirectError(Redirect.DISCARD));
        while (family.size() < 2) {
            String[] words = ((String) said.get()).split(" ");
            family.put(words[0], ProcessHandle.of(Long.parseLong(words[1])).orElseThrow());
        }
        return parent;
    }

    @ParameterizedTest
    @CsvSource({"return, 0", "throw, 1", "exit, 3"})
    void aParentAwaitsItsChildrenAndThenEndsItsDaemons(String how, int exitCode) throws Exception {
        JvmProcess parent = parent(how);
        assertThat(parent.join(MOMENT)).as("ended before its child").isFalse();
        assertThat(family.values()).allMatch(ProcessHandle::isAlive);
        go.put("end");
        parent.join();
        assertThat(family.values()).noneMatch(ProcessHandle::isAlive);
        assertThat(parent.exitCode()).hasValue(exitCode);
    }

    @Test
    void aParentThatIsTerminatedAwaitsNobodyAndEndsItsDaemons() throws Exception {
        JvmProcess parent = parent("wait");
        parent.terminate();
        parent.join();
        assertThat(parent.exitCode()).hasValue(-15);
        assertThat(launchRecords()).isEmpty();
        awaitEnd(family.get("daemon"));
        assertThat(family.get("child").isAlive()).isTrue();
        go.put("end");
        awaitEnd(family.get("child"));
    }

    @Test
    void daemonsOfAParentThatIsKilledEndByThemselves() throws Exception {
        JvmProcess parent = parent("wait");
        parent.kill();
        parent.join();
        assertThat(parent.exitCode()).hasValue(-9);
        awaitEnd(family.get("daemon"));
        Background.awaitUntil(() -> launchRecords().isEmpty());
        assertThat(family.get("child").isAlive()).isTrue();
        go.put("end");
        awaitEnd(family.get("child"));
    }

    @Test
    void ctrlCEndsTheWholeFamilyAndLeavesNothing() throws Exception {
        JvmProcess parent = parent("wait", JavaScript.inGroupOfItsOwn(domain().getParent()));
        Process kill = new ProcessBuilder("kill", "-INT", "--", "-" + parent.pid()).inheritIO().start();
        assertThat(kill.waitFor()).isZero();
        parent.join();
        assertThat(parent.exitCode()).hasValue(-2);
        for (ProcessHandle member : family.values()) {
            awaitEnd(member);
        }
        assertThat(launchRecords()).isEmpty();
    }

    /** One that has ended has no program any more, but is there until process 1 has taken notice, in its own time. */
    private static void awaitEnd(ProcessHandle member) throws InterruptedException {
        Background.awaitUntil(() -> !member.isAlive() || member.info().command().isEmpty());
    }

    private List<String> launchRecords() {
        try {
            return files().stream().filter(name -> name.contains("launch")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void childrenMayBeKilledAtAnyMomentOfTheirStart() throws Exception {
        Random random = new Random(SEED);
        int threads = Thread.activeCount();
        long maps = mappingsOfTheDomain();
        for (int batch = 0; batch < CHILDREN; batch += BATCH) {
            List<JvmProcess> children = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                children.add(start(JvmProcess.builder(Work::nothing).domain(domain())));
            }
            JvmProcess victim = children.get(random.nextInt(BATCH));
            victim.join(Duration.ofMillis(random.nextInt(400)));
            victim.kill();
            for (JvmProcess child : children) {
                child.join();
                assertThat(child.exitCode().getAsInt()).as("seed %d, %s", SEED, child)
                    .isIn(child == victim ? Set.of(0, -9) : Set.of(0));
                child.close();
            }
        }
        assertThat(JvmProcess.activeChildren()).isEmpty();
        assertThat(launchRecords()).isEmpty();
        Background.awaitUntil(() -> {
            System.gc(); // mappings go with the objects that stand for them
            return Thread.activeCount() <= threads + 1 && mappingsOfTheDomain() <= maps;
        });
    }

    /** How many files of the domain this JVM has mapped. */
    private long mappingsOfTheDomain() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains(domain().toString())).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
