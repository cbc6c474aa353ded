package io.millrace.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.process.JvmProcess;
import io.millrace.testing.ChildJvm;
import io.millrace.testing.MemoryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every sample prints what its model prints, in whatever order where processes are concurrent, and leaves neither a
 * process nor a file.
 */
@Timeout(120)
class SamplesTest {
    @TempDir(factory = MemoryDirectory.class)
    private Path parent;

    /** Returns when the sample and all its children are gone. */
    private List<String> linesOf(Class<?> sample) throws IOException, InterruptedException {
        try (ChildJvm jvm = ChildJvm.of(sample).property("millrace.domain", parent.resolve("domain").toString())
            .option("-XX:TieredStopAtLevel=1").start()) {
            List<String> lines = jvm.awaitAllLines();
            jvm.awaitSuccess();
            return lines.stream()
                .map(line -> line.replaceAll("(?i)(process( to \\w+:)?|pid:) \\d+", "$1 PID")).toList();
        }
    }

    private static List<String> times(int count, List<String> lines) {
        return Collections.nCopies(count, lines).stream().flatMap(List::stream).toList();
    }

    private static List<String> numbered(int first, int last, String format) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> format.replace("%", String.valueOf(i))).toList();
    }

    @AfterEach
    void nothingIsLeftInTheDomain() throws IOException {
        try (Stream<Path> files = Files.list(parent.resolve("domain"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("lock", "table");
        }
    }

    @Test
    void consumersShareTenTasksAndAllExit() throws Exception {
        List<String> lines = linesOf(JoinableConsumers.class);
        List<String> results = lines.subList(lines.size() - 10, lines.size());
        List<String> before = new ArrayList<>(lines.subList(0, lines.size() - 10));
        List<String> exits = numbered(1, JvmProcess.cpuCount(), "Consumer-%: Exiting");
        assertThat(results).containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 10).mapToObj(i -> "Result: " + i + " * " + i + " = " + i * i).toList());
        assertThat(before).containsAll(exits);
        before.removeAll(exits);
        assertThat(before).allMatch(line -> line.matches("Consumer-\\d+: .*"));
        assertThat(before.stream().map(line -> line.replaceAll(".*: ", "")))
            .containsExactlyInAnyOrderElementsOf(numbered(0, 9, "% * %"));
    }

    @Test
    void fiveChildrenStartFiveThreadsEach() throws Exception {
        List<String> lines = linesOf(ThreadInChild.class);
        List<String> ordered = new ArrayList<>(List.of("Child process will start.", "thread MainThread is running..."));
        ordered.addAll(numbered(1, 5, "thread MainThread >>> %"));
        ordered.add("thread MainThread ended.");
        ordered.add("Child process end.");
        assertThat(lines.get(0)).isEqualTo("Parent process PID");
        assertThat(lines.stream().skip(1).filter(line -> !line.equals("started by a thread")))
            .containsExactlyElementsOf(times(5, ordered));
        assertThat(lines).filteredOn("started by a thread"::equals).hasSize(25);
        assertThat(lines).endsWith("Child process end.");
    }

    @Test
    void readerTellsOfAllThatTheWriterPutBeforeItIsTerminated() throws Exception {
        List<String> lines = linesOf(QueueWriteRead.class);
        assertThat(lines).containsExactlyInAnyOrder("Process to write: PID", "Process to read: PID",
            "Put A to queue...", "Put B to queue...", "Put C to queue...",
            "Get A from queue.", "Get B from queue.", "Get C from queue.");
        assertThat(lines).containsSubsequence("Process to write: PID", "Put A to queue...", "Put B to queue...",
            "Put C to queue...", "Get C from queue.");
        assertThat(lines).containsSubsequence("Process to read: PID", "Get A from queue.", "Get B from queue.",
            "Get C from queue.");
    }

    @Test
    void fourthPutToAQueueOfThreeTimesOut() throws Exception {
        assertThat(linesOf(QueueFullBlocks.class)).containsExactly(
            "Put 3 messages to the queue, is it full: True",
            "Put no fourth message: no room within 500 ms",
            "In Python this line is never reached.");
    }

    @Test
    void threeReadersGetAMessageEachThoughTheirParentHasClosedTheQueue() throws Exception {
        List<String> lines = linesOf(QueueThreeReaders.class);
        List<String> expected = new ArrayList<>(numbered(1, 3, "process PID got: message %"));
        expected.add("The parent has closed its queue and cannot put any more.");
        expected.add("The parent has reached its last line.");
        assertThat(lines).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void tasksBehindAnEarlySentinelAreTold() throws Exception {
        assertThat(linesOf(JoinableSentinel.class)).containsExactly("got: message 0", "got: message 1",
            "got: message 2", "got: None", "join() would wait for ever: 2 tasks are not done",
            "not done: message 3", "not done: message 4");
    }

    @Test
    void customProcessesHaveNamesArgumentsAndState() throws Exception {
        List<String> lines = linesOf(CustomProcess.class);
        assertThat(lines).startsWith("name: Worker", "pid: PID", "is alive: True");
        assertThat(lines.stream().map(line -> line.replaceAll("time is [0-9:.]+", "time is TIME"))
            .filter(line -> !line.startsWith("The parent")).skip(3)).containsExactlyElementsOf(
                Stream.concat(times(3, List.of("I'm David", "I'm working...")).stream(),
                    times(5, List.of("the time is TIME")).stream()).toList());
        assertThat(lines).containsOnlyOnce("The parent has waited for Worker long enough.");
    }

    @Test
    void exitCodesTellWhichDaemonWasTerminated() throws Exception {
        assertThat(linesOf(DaemonAndExitCodes.class).stream().map(line -> line.replaceAll("\\d+\\.\\d+", "N")))
            .containsExactly("cpu_count: " + JvmProcess.cpuCount(), "p1 is alive: True", "p1 is alive: False",
                "p2 is alive: True", "total time: N seconds", "p1.exitcode = -15", "p2.exitcode = 0");
    }

    @Test
    void exitCodesTellTheSignals() throws Exception {
        List<String> lines = linesOf(Signals.class);
        assertThat(lines).startsWith("terminate: exit code -15", "kill: exit code -9");
        // Who runs the tests in the background of a shell without job control has made them ignore SIGINT.
        assertThat(lines.subList(2, lines.size())).isIn(List.of("interrupt: exit code -2"),
            List.of("interrupt: ignored here, so this child is killed", "interrupt: exit code -9"));
    }

    @Test
    void dictionaryGoesFromChildToChild() throws Exception {
        assertThat(linesOf(DictionaryThroughQueue.class)).containsExactly("False", "True", "3", "1",
            "{'a': 1, 'b': 2}");
    }

    @Test
    void childrenChangeANumberAndAnArray() throws Exception {
        assertThat(linesOf(ValueAndArray.class)).containsExactly("2", "[0, 10, 20, 30, 40, 50, 60, 70, 80, 90]",
            "3", "[0, 100, 200, 300, 400, 500, 600, 700, 800, 900]");
    }

    @Test
    void everyChangeOfTheBalanceIsTold() throws Exception {
        assertThat(linesOf(BankAccount.class)).containsExactlyInAnyOrder("Balance: 2000",
            "Deposit: 500, balance: 2500", "Withdrawal: 1200, balance: 1300", "Deposit: 250, balance: 1550",
            "Cannot withdraw 4000: the balance is 1550", "Deposit: 50, balance: 1600", "At the end: 1600");
    }

    @Test
    void theSecondChildReadsWhatTheFirstOneWrote() throws Exception {
        assertThat(linesOf(ByteArrayMessage.class)).containsExactly("pid: PID, message: first",
            "pid: PID, message: second");
    }

    @Test
    void incrementsInOneStepLoseNothing() throws Exception {
        List<String> lines = linesOf(CounterRace.class);
        assertThat(lines).startsWith("expected: 800000", "in one step: 800000", "under the lock: 800000").hasSize(4);
        assertThat(lines.get(3)).matches("read, add, write: \\d+, lost: \\d+");
    }

    @Test
    void aChildGreetsThroughAPipe() throws Exception {
        assertThat(linesOf(PipeHello.class)).containsExactly("[42, null, hello]");
    }

    @Test
    void aListGoesThroughAPipe() throws Exception {
        assertThat(linesOf(PipeList.class)).containsExactly("child process PID sends",
            "parent process PID received [A, B, C]");
    }

    @Test
    void aConsumerIsDoneBehindTheEndOfTheFile() throws Exception {
        assertThat(linesOf(PipeEndOfFile.class)).containsExactly("0", "1", "2", "3", "4", "end of file",
            "consumer done");
    }

    @Test
    void aChildAnswersUntilNobodyCanAsk() throws Exception {
        assertThat(linesOf(PipeRpc.class)).containsExactly("9", "Markelous", "end of file");
    }

    @Test
    void fiveChildrenSendOnOneEnd() throws Exception {
        assertThat(linesOf(PipeFiveSenders.class)).containsExactlyElementsOf(
            times(5, List.of("a child of process PID")));
    }
}
