package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class BenchTest {
    private static final Plan SHORT = new Plan(Duration.ofMillis(100), Duration.ofMillis(100), 1, 1);

    @TempDir
    private Path directory;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int bench(String only, Path json) throws Exception {
        BenchOptions options = new BenchOptions(true, Pattern.compile(only), json, null, false);
        return new Bench(options, new PrintStream(out), new PrintStream(err)).run();
    }

    @Test
    void aRunGivesATableProgressAndJson() throws Exception {
        Path json = directory.resolve("result.json");
        assertThat(bench("(throughput|round-trip)/ring-spsc/32/spin", json)).as(err::toString).isEqualTo(Bench.SUCCESS);
        assertThat(out.toString()).contains("throughput", "round-trip", "ring-spsc", "msg/s", "p50 ns", "cpu");
        assertThat(err.toString()).contains("1/2 throughput/ring-spsc/32/spin: ", "2/2 round-trip/");

        Map<String, Object> result = JSON.std.mapFrom(Files.readString(json));
        assertThat(result.get("machine")).asInstanceOf(MAP)
            .containsKeys("cpu", "kernel", "jdk", "jvmFlags", "memoryBackend", "agronaBoundsChecks", "pinned");
        List<?> rows = (List<?>) result.get("results");
        assertThat((Map<?, ?>) rows.get(0)).extracting("messagesPerSecond").asString().isNotEqualTo("0");
        assertThat((Map<?, ?>) rows.get(1)).extracting("p50Nanos").asString().isNotEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring-spsc", "ring-mpmc"})
    void theRawPathOfTheRingsAllocatesNothing(String ring) throws Exception {
        try (RunDirectory place = RunDirectory.create()) {
            try (Session session = ProcessSession.starter(place, Plan.QUICK, false)
                .start(new Row(Scenario.THROUGHPUT, ring, 32, WaitMode.SPIN))) {
                session.turn(Plan.TURN);
                session.turn(Plan.TURN);
                assertThat(session.end().figures().get(Measurement.BYTES_ALLOCATED_PER_OP)).isLessThan(0.1);
            }
        }
    }

    @Test
    void noRowThatMatchesIsWrongUsageAndSaysHowAKeyLooks() throws Exception {
        assertThat(bench("no-such-row", null)).isEqualTo(Bench.WRONG_USAGE);
        assertThat(err.toString()).contains("no-such-row", "throughput/ring-spsc/32/spin");
    }

    @Test
    void aFileInADirectoryThatIsNotThereIsToldBeforeTheRun() throws Exception {
        assertThat(bench("ring-spsc", directory.resolve("missing/result.json"))).isEqualTo(Bench.WRONG_USAGE);
        assertThat(err.toString()).contains("no directory for").doesNotContain("throughput");
    }

    @Test
    void aPairThatFailsSaysWhyAndEndsBothJvms() throws Exception {
        try (RunDirectory place = RunDirectory.create()) {
            Row unknown = new Row(Scenario.THROUGHPUT, "no-such-subject", 32, WaitMode.SPIN);
            assertThatThrownBy(() -> ProcessSession.starter(place, SHORT, false).start(unknown))
                .isInstanceOf(IOException.class).hasMessageContaining("no-such-subject");
        }
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void aSideThatIsKilledEndsTheOtherInTheMidstOfATurn() throws Exception {
        Row row = new Row(Scenario.ROUND_TRIP, "ring-spsc", 32, WaitMode.SPIN);
        try (RunDirectory place = RunDirectory.create();
            Session session = ProcessSession.starter(place, SHORT, false).start(row)) {
            ProcessHandle connector = ProcessHandle.current().children()
                .filter(child -> child.info().commandLine().orElse("").contains(PeerMain.Side.CONNECTOR.name()))
                .findFirst().orElseThrow();
            CompletableFuture.runAsync(connector::destroyForcibly);
            assertThatThrownBy(() -> session.turn(Duration.ofHours(1)))
                .isInstanceOf(IOException.class).hasMessageContaining("exit code 137");
        }
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void theYardsticksMeasureWhereThereIsACompiler() throws Exception {
        try (RunDirectory place = RunDirectory.create()) {
            for (Yardstick yardstick : Yardstick.values()) {
                try {
                    Measurement measured = yardstick.row().takesTurns() ? inTurns(yardstick.row(), place)
                        : Yardstick.runner(place, SHORT, false).run(yardstick.row());
                    assertThat(measured.figures()).containsKey(yardstick.row().scenario() == Scenario.ROUND_TRIP
                        ? Measurement.P50_NANOS : Measurement.MESSAGES_PER_SECOND);
                    assertThat(measured.figures().values()).allSatisfy(figure -> assertThat(figure).isPositive());
                } catch (RowRunner.SkippedException e) {
                    assumeTrue(false, e.getMessage());
                }
            }
        }
    }

    private static Measurement inTurns(Row row, RunDirectory place) throws Exception {
        try (Session session = ProcessSession.starter(place, SHORT, false).start(row)) {
            for (int turn = 0; turn < 2; turn++) {
                assertThat(session.turn(Plan.TURN).figures().get(Measurement.P50_NANOS)).isPositive();
            }
            return session.end();
        }
    }

    @Test
    void countersAreAddedToByTwoJvmsOrOne() throws Exception {
        Path json = directory.resolve("result.json");
        assertThat(bench("contended-add/counter", json)).as(err::toString).isEqualTo(Bench.SUCCESS);
        List<?> rows = (List<?>) JSON.std.mapFrom(Files.readString(json)).get("results");
        assertThat(rows).hasSize(AddSubject.values().length).allSatisfy(row -> assertThat(row)
            .asInstanceOf(MAP).containsEntry("scenario", "contended-add").containsKeys("messagesPerSecond"));
    }

    @Test
    void aCrowdOfProducersAndConsumersIsOneRowWithItsEnds() throws Exception {
        Path json = directory.resolve("result.json");
        assertThat(bench("ring-mpmc/32/block/2x2", json)).as(err::toString).isEqualTo(Bench.SUCCESS);
        List<?> rows = (List<?>) JSON.std.mapFrom(Files.readString(json)).get("results");
        assertThat(rows).singleElement().asInstanceOf(MAP)
            .containsEntry("subject", "ring-mpmc").containsEntry("producers", 2).containsEntry("consumers", 2)
            .containsKeys("messagesPerSecond", "bytesAllocatedPerOp");
    }

    @Test
    void thePeersOfAKilledHarnessEnd() throws Exception {
        List<String> command = PeerJvm.command();
        command.add(KilledHarness.class.getName());
        Process harness = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader output = harness.inputReader()) {
            assertThat(output.readLine()).isEqualTo("measuring");
            List<ProcessHandle> peers = harness.children().toList();
            assertThat(peers).hasSize(2);
            harness.destroyForcibly().waitFor();
            for (ProcessHandle peer : peers) {
                peer.onExit().get();
            }
        } finally {
            harness.destroyForcibly();
        }
        RunDirectory.create().close(); // removes what the killed one left
    }
}
