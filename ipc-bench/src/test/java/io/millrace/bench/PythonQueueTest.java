package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class PythonQueueTest {
    private static final Plan SHORT = new Plan(Duration.ofMillis(100), Duration.ofMillis(100), 1, 1);
    private static final String SCRIPT = "queue_throughput.py";

    @TempDir
    private Path directory;

    @Test
    void pythonMeasuresItsQueueWhereThereIsOne() throws Exception {
        try (RunDirectory place = RunDirectory.create()) {
            Measurement measured = new PythonQueue(place, SHORT, false).run(PythonQueue.ROW);
            assertThat(measured.figures().get(Measurement.MESSAGES_PER_SECOND)).isPositive();
        } catch (RowRunner.SkippedException e) {
            assumeTrue(false, e.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"THROUGHPUT", "ROUND_TRIP"})
    void pythonMeasuresItsPipeWhereThereIsOne(Scenario scenario) throws Exception {
        Row compared = new Row(scenario, Subject.PIPE.toString(), Rows.LONG_PAYLOAD_BYTES, WaitMode.BLOCK);
        try (RunDirectory place = RunDirectory.create()) {
            assertThat(RowRunners.of(place, SHORT, false).run(PythonPipe.beside(compared)).figures())
                .containsKey(scenario == Scenario.ROUND_TRIP ? Measurement.P50_NANOS : Measurement.MESSAGES_PER_SECOND)
                .allSatisfy((name, figure) -> assertThat(figure).isPositive());
        } catch (RowRunner.SkippedException e) {
            assumeTrue(false, e.getMessage());
        }
    }

    @Test
    void pythonMeasuresItsStartsWhereThereIsOne() throws Exception {
        try (RunDirectory place = RunDirectory.create()) {
            assertThat(RowRunners.of(place, SHORT, false).run(PythonSpawn.ROW).figures())
                .containsOnlyKeys(Measurement.P50_NANOS, Measurement.P99_NANOS, Measurement.MAX_NANOS);
        } catch (RowRunner.SkippedException e) {
            assumeTrue(false, e.getMessage());
        }
    }

    @Test
    void pythonMeasuresItsValueWhereThereIsOne() throws Exception {
        try (RunDirectory place = RunDirectory.create()) {
            assertThat(RowRunners.of(place, SHORT, false).run(PythonValue.ROW).figures())
                .containsOnlyKeys(Measurement.MESSAGES_PER_SECOND);
        } catch (RowRunner.SkippedException e) {
            assumeTrue(false, e.getMessage());
        }
    }

    /** The producer holds both ends of the queue's pipe, so a broken pipe would not end it. */
    @Test
    void theProducerEndsWithItsParent() throws Exception {
        try (InputStream text = PythonQueue.class.getResourceAsStream("yardstick/" + SCRIPT)) {
            Files.copy(text, directory.resolve(SCRIPT));
        }
        String hours = "7200";
        String program = "import queue_throughput as script, sys\n"
            + "real = script.consume\n"
            + "def consume(queue, number, seconds):\n"
            + "    queue.get()\n"
            + "    print([p.pid for p in script.multiprocessing.active_children()][0], flush=True)\n"
            + "    return real(queue, number + 1, seconds)\n"
            + "script.consume = consume\n"
            + "sys.argv[1:] = ['" + hours + "', '" + hours + "', '0']\n"
            + "script.main()\n";
        Process python = start(program);
        try (BufferedReader output = python.inputReader()) {
            ProcessHandle producer = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            python.destroyForcibly();
            producer.onExit().get();
        } finally {
            python.destroyForcibly();
        }
    }

    private Process start(String program) {
        try {
            return new ProcessBuilder(List.of("python3", "-B", "-c", program)).directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            assumeTrue(false, e.getMessage());
            throw new AssertionError(e);
        }
    }
}
