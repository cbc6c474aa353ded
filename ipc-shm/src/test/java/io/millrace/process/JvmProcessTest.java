package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codec.EncodingException;
import io.millrace.queue.JoinableQueue;
import io.millrace.queue.SharedQueue;
import java.io.NotSerializableException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Python's tests of its processes say, where it has a meaning here, and more. */
class JvmProcessTest extends ProcessContract {
    private static final Duration AT_ONCE = Duration.ofSeconds(-1);

    @Test
    void theMainProcessIsAliveAndHasNoParent() {
        CurrentProcess current = JvmProcess.currentProcess();
        assertThat(current.name()).isEqualTo("MainProcess");
        assertThat(current.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(current.isDaemon()).isFalse();
        assertThat(JvmProcess.parentProcess()).isEmpty();
        assertThat(JvmProcess.cpuCount()).isPositive();
    }

    @Test
    void aChildIsAliveUntilItHasEnded() throws Exception {
        JvmProcess child = start(JvmProcess.builder(Work::waitForEver, said).domain(domain()).name("SomeProcess"));
        assertThat(said.get()).isEqualTo("waiting");
        assertThat(child.isAlive()).isTrue();
        assertThat(child.exitCode()).isEmpty();
        assertThat(child.uncaughtException()).isEmpty();
        assertThat(JvmProcess.activeChildren()).containsExactly(child);
        assertThat(child.name()).isEqualTo("SomeProcess");
        assertThat(child.isDaemon()).isFalse();
        assertThat(child).hasToString("JvmProcess[SomeProcess, pid " + child.pid() + ", running]");
        assertThat(child.join(AT_ONCE)).isFalse();
        assertThat(child.join(Duration.ZERO)).isFalse();
        assertThatIllegalStateException().isThrownBy(child::close).withMessageContaining("cannot be closed");

        child.terminate();
        child.join();
        assertThat(child.isAlive()).isFalse();
        assertThat(child.exitCode()).hasValue(-15);
        assertThat(JvmProcess.activeChildren()).isEmpty();
        assertThat(child.join(AT_ONCE)).isTrue();
        child.terminate();
        child.kill();
        child.interrupt();
        assertThat(child.exitCode()).as("of one that ended before").hasValue(-15);
        child.close();
        child.close();
        assertThat(child.name()).isEqualTo("SomeProcess");
        assertThat(child).hasToString("JvmProcess[SomeProcess, closed]");
        assertThatIllegalStateException().isThrownBy(child::isAlive).withMessageContaining("is closed");
        List.<ThrowingCallable>of(child::pid, child::join, () -> child.join(AT_ONCE), child::exitCode,
            child::uncaughtException, child::terminate, child::kill, child::interrupt)
            .forEach(call -> assertThatIllegalStateException().isThrownBy(call));
    }

    @Test
    void aChildWithoutATaskEndsWithZero() throws Exception {
        JvmProcess child = start(JvmProcess.builder().domain(domain()));
        child.join();
        assertThat(child.exitCode()).hasValue(0);
    }

    @Test
    void aChildKnowsItselfAndItsParent() throws Exception {
        System.setProperty("millrace.test.told", "a property, \"quoted\"\nand long");
        try {
            JvmProcess child = start(JvmProcess.builder(Work::introduce, said).domain(domain()).name("Zoë & Co")
                .daemon(true));
            assertThat(said.get()).isEqualTo(List.of("Zoë & Co", child.pid(), true, "MainProcess",
                ProcessHandle.current().pid(), true, 0, System.getProperty("millrace.test.told")));
            child.join();
            assertThat(child.exitCode()).hasValue(0);
        } finally {
            System.clearProperty("millrace.test.told");
        }
    }

    @Test
    void argumentsTravelWhateverTheirLength() throws Exception {
        byte[] long1 = new byte[3 << 20];
        long1[long1.length - 1] = 9;
        start(JvmProcess.builder(Work::sayTwo, said, (Object) List.of(1, 2.5, "three"),
            Map.of("hello", 23, "bytes", long1)).domain(domain())).join();
        assertThat(said.get()).isEqualTo(List.of(1, 2.5, "three"));
        @SuppressWarnings("unchecked")
        Map<String, Object> map = (Map<String, Object>) said.get();
        assertThat(map).containsEntry("hello", 23);
        assertThat((byte[]) map.get("bytes")).isEqualTo(long1);
    }

    @Test
    void nothingOfTheTaskIsOnTheCommandLine() throws Exception {
        JvmProcess child = start(JvmProcess.builder((to, secret) -> Work.waitForEver(to), said, "open sesame")
            .domain(domain()));
        said.get();
        String line = Files.readString(Path.of("/proc", Long.toString(child.pid()), "cmdline"));
        assertThat(line).doesNotContain("sesame", "Work");
    }

    @Test
    void whatCannotBeSerializedThrowsHereAndStartsNothing() throws Exception {
        Object local = new Object();
        assertThatThrownBy(() -> start(JvmProcess.builder(Work::say, said, local).domain(domain())))
            .isInstanceOf(EncodingException.class).hasRootCauseInstanceOf(NotSerializableException.class);
        assertThat(JvmProcess.activeChildren()).isEmpty();
        assertThat(files()).allMatch(name -> !name.contains("launch"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "7, 7", "143, 143", "137, 137", "255, 255", "256, 0", "-1, 255"})
    void theExitCodeIsWhatTheChildPassedToExit(int passed, int seen) throws Exception {
        JvmProcess child = start(Work::exit, passed);
        child.join();
        assertThat(child.exitCode()).hasValue(seen);
    }

    @Test
    void haltIsAnExitCodeUpToHundredAndTwentyEight() throws Exception {
        JvmProcess child = start(Work::halt, 7);
        child.join();
        assertThat(child.exitCode()).hasValue(7);
    }

    @Test
    void aTaskThatThrowsEndsWithOneAndTheParentGetsTheException(@TempDir Path directory) throws Exception {
        Path errors = directory.resolve("errors");
        JvmProcess child = start(builder(Work::fail).name("Failing").redirectError(Redirect.to(errors.toFile())));
        child.join();
        assertThat(child.exitCode()).hasValue(1);
        assertThat(child.uncaughtException()).get().isInstanceOf(IllegalArgumentException.class)
            .extracting(Throwable::getMessage).isEqualTo("as it should");
        assertThat(Files.readString(errors)).startsWith("Process Failing:" + System.lineSeparator())
            .contains("IllegalArgumentException: as it should", "Work.java", "Work.fail");
    }

    @Test
    void anExceptionThatCannotTravelIsToldByItsText() throws Exception {
        JvmProcess child = start(builder(Work::failWithWhatCannotTravel).redirectError(Redirect.DISCARD));
        child.join();
        assertThat(child.uncaughtException()).get().isInstanceOf(ChildException.class)
            .extracting(Throwable::getMessage).asString().contains("Unsendable: cannot be sent");
        assertThat(child.uncaughtException().orElseThrow().getStackTrace()).isNotEmpty();
    }

    @Test
    void aChildThatIsKilledHasTheSignalAsItsExitCode() throws Exception {
        JvmProcess child = start(Work::waitForEver, said);
        said.get();
        child.kill();
        child.join();
        assertThat(child.exitCode()).hasValue(-9);
    }

    @Test
    void aChildThatIsInterruptedEndsByThatSignal() throws Exception {
        JvmProcess child = start(JvmProcess.builder(Work::waitForEver, said).domain(domain())
            .java(JavaScript.withSigint(domain().getParent())));
        said.get();
        child.interrupt();
        child.join();
        assertThat(child.exitCode()).hasValue(-2);
    }

    @Test
    void threadsOfTheChildAreAwaitedByIt() throws Exception {
        JvmProcess child = start(Work::leaveThread, said);
        child.join();
        assertThat(said.poll()).isEqualTo("the thread");
        assertThat(child.exitCode()).hasValue(0);
    }

    @Test
    void aDaemonMayNotHaveChildren() throws Exception {
        start(JvmProcess.builder(Work::startDaemonsChild, said).domain(domain()).daemon(true)).join();
        assertThat((String) said.get()).contains("a daemon may not have children");
    }

    @Test
    void childrenHaveChildren() throws Exception {
        start(JvmProcess.builder(Work::recurse, said, List.<Integer>of()).domain(domain())
            .options("-Dmillrace.domain=" + domain())).join();
        List<Object> places = new ArrayList<>();
        for (Object place = said.poll(); place != null; place = said.poll()) {
            places.add(place);
        }
        assertThat(places).containsExactly(List.of(), List.of(0), List.of(0, 0), List.of(0, 1), List.of(1),
            List.of(1, 0), List.of(1, 1));
    }

    @Test
    void hooksOfAChildRunAtItsEndAndWhenItIsTerminatedButFinallyDoesNotThen(@TempDir Path directory)
        throws Exception {
        Path ended = directory.resolve("ended");
        Path terminated = directory.resolve("terminated");
        JvmProcess ending = start(Work::leaveHook, ended.toString());
        JvmProcess waiting = start(Work::leaveHookAndWait, terminated.toString(), said);
        said.get();
        waiting.terminate();
        ending.join();
        waiting.join();
        assertThat(ended).hasContent("deadbeef");
        assertThat(terminated).hasContent("deadbeef");
        assertThat(said.poll()).as("what finally says").isNull();
    }

    @Test
    void environmentDirectoryAndOptionsAreTheChildsOwn(@TempDir Path directory) throws Exception {
        start(JvmProcess.builder(to -> to.put(new HashMap<>(Map.of("variable", System.getenv("MILLRACE_TEST"),
            "directory", Path.of("").toAbsolutePath().toString(), "heap", Runtime.getRuntime().maxMemory(),
            "option", System.getProperty("one", "no")))), said).domain(domain()).environment("MILLRACE_TEST", "set")
            .directory(directory.toRealPath()).options("-Xmx32m", "-Done=1")).join();
        @SuppressWarnings("unchecked")
        Map<String, Object> told = (Map<String, Object>) said.get();
        assertThat(told).containsEntry("variable", "set").containsEntry("directory", directory.toRealPath().toString())
            .containsEntry("option", "1");
        assertThat((long) told.get("heap")).isLessThanOrEqualTo(32 << 20);
    }

    @Test
    void anAnonymousQueueReachesTheChildThoughTheParentHasClosedIt() throws Exception {
        SharedQueue<String> letters = SharedQueue.<String>builder().domain(domain()).create();
        letters.put("a letter");
        JvmProcess child = start(JvmProcess.builder((SharedQueue<Object> to, SharedQueue<String> from) ->
            to.put(from.get()), said, letters).domain(domain()));
        letters.close();
        assertThat(said.get()).isEqualTo("a letter");
        child.join();
        child.close();
        assertThat(files()).as("the queue has gone with its last user").noneMatch(name ->
            !name.startsWith("anonymous") && !name.equals("lock") && !name.equals("table"));
    }

    @Test
    void anAnonymousQueueReachesAChildInAMessageThoughTheParentHasClosedIt() throws Exception {
        SharedQueue<Object> letters = SharedQueue.builder().domain(domain()).create();
        letters.put("a letter");
        said.put(letters);
        letters.close();
        JvmProcess child = start(JvmProcess.builder(Work::openAndSay, said).domain(domain()));
        child.join();
        assertThat(said.get()).isEqualTo("a letter");
    }

    @Test
    void aNamedQueueCanBeSentInAMessage() throws Exception {
        try (SharedQueue<Object> named = SharedQueue.builder().domain(domain()).name("named").create()) {
            said.put(named);
            @SuppressWarnings("unchecked")
            SharedQueue<Object> got = (SharedQueue<Object>) said.get();
            got.put("through the copy");
            assertThat(named.get()).isEqualTo("through the copy");
            got.close();
            named.remove();
        }
    }

    @Test
    void theDeathOfAChildGivesItsTasksToOthersAtOnce() throws Exception {
        try (JoinableQueue<Object> tasks = JoinableQueue.builder().domain(domain()).create()) {
            tasks.put("the task");
            JvmProcess child = start(JvmProcess.builder(Work::hold, tasks, said).domain(domain()));
            assertThat(said.get()).isEqualTo("the task");
            child.kill();
            assertThat(tasks.receive().item()).isEqualTo("the task");
            tasks.taskDone();
            tasks.join();
        }
    }

    @Test
    void onExitIsCompletedWithTheChild() throws Exception {
        JvmProcess child = start(Work::waitForEver, said);
        CompletableFuture<JvmProcess> exit = child.onExit().toCompletableFuture();
        said.get();
        assertThat(exit).isNotDone();
        child.kill();
        assertThat(exit.get(60, TimeUnit.SECONDS)).isSameAs(child);
        assertThat(child.exitCode()).isEqualTo(OptionalInt.of(-9));
        assertThat(child.onExit().toCompletableFuture()).as("ever after").isDone();
    }

    @Test
    void manyChildrenAtOnceAllEnd() throws Exception {
        List<JvmProcess> children = IntStream.range(0, 8).mapToObj(i -> start(Work::nothing)).toList();
        for (JvmProcess child : children) {
            child.join();
            assertThat(child.exitCode()).hasValue(0);
        }
    }
}
