package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.memory.MemoryBackend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a benchmark relies on, for every subject in every way of waiting. */
@Timeout(60)
class LinkContractTest {
    private static final int MESSAGES = 5_000;
    /** Fewer, because two sides that spin on one busy processor wait for the scheduler at every message. */
    private static final int ROUND_TRIPS = 500;
    private static final int BYTES_MAX = 20 << 20;
    private static final long TURNS = 3;
    private static final long TURN_NANOS = 1_000_000;

    private RunDirectory run;
    private Path directory;

    /** Where the bench has its files, for not every file system is a place for a domain. */
    @BeforeEach
    void makeDirectory() throws Exception {
        run = RunDirectory.create();
        directory = run.newPlace();
    }

    @AfterEach
    void deleteDirectory() throws Exception {
        run.close();
    }

    static Stream<Arguments> subjects() {
        List<Arguments> all = new ArrayList<>();
        for (Subject subject : Subject.values()) {
            for (WaitMode waitMode : WaitMode.values()) {
                for (int payloadBytes : List.of(32, 4096, Rows.LONG_PAYLOAD_BYTES)) {
                    if (subject.takesPartIn(Scenario.THROUGHPUT, waitMode, payloadBytes)) {
                        all.add(Arguments.of(subject, waitMode, payloadBytes));
                    }
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void everyMessageArrivesOnceInOrderAndWhole(Subject subject, WaitMode waitMode, int payloadBytes)
        throws Exception {
        int messages = Math.min(MESSAGES, BYTES_MAX / payloadBytes);
        onBothSides(subject, waitMode, payloadBytes, messages, link -> {
            PayloadCheck check = new PayloadCheck(payloadBytes);
            while (check.received() < messages) {
                link.receive(check, Player.STREAM_LIMIT);
            }
            return check.received();
        }, link -> {
            for (long sequence = 0; sequence < messages; sequence++) {
                link.send(sequence);
            }
            link.flush();
        });
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void messagesGoBothWays(Subject subject, WaitMode waitMode, int payloadBytes) throws Exception {
        int roundTrips = Math.min(ROUND_TRIPS, BYTES_MAX / payloadBytes);
        onBothSides(subject, waitMode, payloadBytes, roundTrips, link -> {
            PayloadCheck check = new PayloadCheck(payloadBytes);
            while (check.received() < roundTrips) {
                link.receive(check, Player.STREAM_LIMIT);
                link.send(check.received() - 1);
                link.flush();
            }
            return check.received();
        }, link -> {
            PayloadCheck check = new PayloadCheck(payloadBytes);
            while (check.received() < roundTrips) {
                link.send(check.received());
                link.flush();
                link.receive(check, Player.STREAM_LIMIT);
            }
        });
    }

    static Stream<Arguments> subjectsOfScenarios() {
        return Scenario.OF_PAIRS.stream().flatMap(scenario -> subjects()
            .filter(subject -> subject.get()[2].equals(Rows.SHORT_PAYLOAD_BYTES))
            .filter(subject -> ((Subject) subject.get()[0]).takesPartIn(scenario, (WaitMode) subject.get()[1],
                Rows.SHORT_PAYLOAD_BYTES))
            .map(subject -> Arguments.of(scenario, subject.get()[0], subject.get()[1])));
    }

    @ParameterizedTest
    @MethodSource("subjectsOfScenarios")
    void everyMessageArrivesBeforeItsTurnIsOver(Scenario scenario, Subject subject, WaitMode waitMode)
        throws Exception {
        Row row = new Row(scenario, subject.toString(), Rows.SHORT_PAYLOAD_BYTES, waitMode);
        Exchanger<Long> turns = new Exchanger<>();
        try (TurnEnd ofListener = TurnEnd.create(directory); TurnEnd ofConnector = TurnEnd.open(directory)) {
            onBothSides(subject, waitMode, Rows.SHORT_PAYLOAD_BYTES, TURNS,
                link -> play(Player.listening(row, link, ofListener), turns),
                link -> play(Player.connecting(row, link, ofConnector), turns));
        }
    }

    /** After each turn both sides have had the same number of messages. */
    private static long play(Player player, Exchanger<Long> turns) throws Exception {
        player.turn(TURN_NANOS);
        player.forget();
        long played = 0;
        while (played < TURNS) {
            long before = player.messages();
            assertThat(turns.exchange(before)).isEqualTo(before);
            player.turn(TURN_NANOS);
            assertThat(player.messages()).isGreaterThan(before);
            played++;
        }
        assertThat(turns.exchange(player.messages())).isEqualTo(player.messages());
        return played;
    }

    private void onBothSides(Subject subject, WaitMode waitMode, int payloadBytes, long count,
        Receiving listener, Sending connector) throws Exception {
        assumeTrue(!subject.toString().startsWith("agrona") || MemoryBackend.current() == MemoryBackend.AGRONA);
        Transport bound = subject.transport(payloadBytes, waitMode);
        String address = bound.bind(directory);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<Long> received = executor.submit(() -> {
                try (Link link = bound.accept()) {
                    return listener.run(link);
                }
            });
            try (Link link = subject.transport(payloadBytes, waitMode).connect(directory, address)) {
                connector.run(link);
                assertThat(received.get()).isEqualTo(count);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private interface Receiving {
        long run(Link link) throws Exception;
    }

    private interface Sending {
        void run(Link link) throws Exception;
    }
}
