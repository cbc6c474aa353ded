package io.millrace.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small C programs that show what the machine can do at best: compiled here where there is a compiler. */
enum Yardstick {
    /** Two processes bounce a number in a cache line: no message crosses faster. */
    CACHE_LINE(Scenario.ROUND_TRIP, "c-cache-line", Long.BYTES, WaitMode.SPIN, "cache_line_ping_pong"),
    /** Two processes wake each other: no sleeping reader reacts faster. */
    FUTEX(Scenario.ROUND_TRIP, "c-futex", Integer.BYTES, WaitMode.BLOCK, "futex_ping_pong"),
    /** Two processes add to a word: no counter of one word is faster. */
    FETCH_ADD(Scenario.CONTENDED_ADD, "c-fetch-add", Long.BYTES, WaitMode.SPIN, "fetch_add", "2"),
    /** One process adds to a word. */
    FETCH_ADD_ALONE(Scenario.CONTENDED_ADD, "c-fetch-add-alone", Long.BYTES, WaitMode.SPIN, "fetch_add", "1");

    private static final String COMPILER = "gcc";
    private static final String HEADER = "ping_pong.h";

    private final Scenario scenario;
    private final String title;
    private final int payloadBytes;
    private final WaitMode waitMode;
    private final String source;
    private final List<String> arguments;

    Yardstick(Scenario scenario, String title, int payloadBytes, WaitMode waitMode, String source,
        String... arguments) {
        this.scenario = scenario;
        this.title = title;
        this.payloadBytes = payloadBytes;
        this.waitMode = waitMode;
        this.source = source;
        this.arguments = List.of(arguments);
    }

    Row row() {
        return new Row(scenario, title, payloadBytes, waitMode);
    }

    /** The row that is compared with this one. */
    Row compared() {
        if (scenario == Scenario.CONTENDED_ADD) {
            return (this == FETCH_ADD ? AddSubject.COUNTER : AddSubject.COUNTER_ALONE).row();
        }
        return new Row(Scenario.ROUND_TRIP, Subject.RING_SPSC.toString(), Rows.SHORT_PAYLOAD_BYTES, waitMode);
    }

    static boolean measures(Row row) {
        return Arrays.stream(values()).anyMatch(yardstick -> yardstick.title.equals(row.subject()));
    }

    static Yardstick of(Row row) {
        return Arrays.stream(values()).filter(yardstick -> yardstick.title.equals(row.subject())).findFirst()
            .orElseThrow();
    }

    /** Measures a row that takes no turns. */
    static RowRunner runner(RunDirectory directory, Plan plan, boolean pin) {
        return row -> of(row).run(directory.newPlace(), plan, pin);
    }

    /** Starts one that takes turns: a ping-pong. */
    PeerProcess start(Path place, boolean pin) throws IOException, InterruptedException {
        return PeerProcess.start(title, List.of(compiled(place).toString(), pin ? "1" : "0"), place);
    }

    private Measurement run(Path place, Plan plan, boolean pin) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(compiled(place).toString(), Command.seconds(plan.warmUp()),
            Command.seconds(plan.measurement()), pin ? "1" : "0"));
        command.addAll(arguments);
        Map<String, Double> figures = new LinkedHashMap<>();
        JSON.std.mapFrom(Command.output(place, command))
            .forEach((name, figure) -> figures.put(name, ((Number) figure).doubleValue()));
        return new Measurement(figures);
    }

    /** The program, made of its source. */
    private Path compiled(Path place) throws IOException, InterruptedException {
        for (String file : List.of(HEADER, source + ".c")) {
            try (InputStream text = Yardstick.class.getResourceAsStream("yardstick/" + file)) {
                Files.copy(text, place.resolve(file));
            }
        }
        Path program = place.resolve(source);
        try {
            Command.output(place, List.of(COMPILER, "-O2", "-pthread", "-o", program.toString(),
                place.resolve(source + ".c").toString()));
        } catch (Command.MissingException e) {
            throw new RowRunner.SkippedException("no " + COMPILER + " here");
        }
        return program;
    }
}
