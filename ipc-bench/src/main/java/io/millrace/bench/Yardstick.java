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
    CACHE_LINE("c-cache-line", "cache_line_ping_pong", Long.BYTES, WaitMode.SPIN),
    /** Two processes wake each other: no sleeping reader reacts faster. */
    FUTEX("c-futex", "futex_ping_pong", Integer.BYTES, WaitMode.BLOCK);

    private static final String COMPILER = "gcc";
    private static final String HEADER = "ping_pong.h";

    private final String title;
    private final String source;
    private final int payloadBytes;
    private final WaitMode waitMode;

    Yardstick(String title, String source, int payloadBytes, WaitMode waitMode) {
        this.title = title;
        this.source = source;
        this.payloadBytes = payloadBytes;
        this.waitMode = waitMode;
    }

    Row row() {
        return new Row(Scenario.ROUND_TRIP, title, payloadBytes, waitMode);
    }

    /** The row that is compared with this one. */
    Row compared() {
        return new Row(Scenario.ROUND_TRIP, Subject.RING_SPSC.toString(), Rows.SHORT_PAYLOAD_BYTES, waitMode);
    }

    static boolean measures(Row row) {
        return Arrays.stream(values()).anyMatch(yardstick -> yardstick.title.equals(row.subject()));
    }

    /** Measures a yardstick's row. */
    static RowRunner runner(RunDirectory directory, Plan plan, boolean pin) {
        return row -> Arrays.stream(values()).filter(yardstick -> yardstick.title.equals(row.subject()))
            .findFirst().orElseThrow().run(directory.newPlace(), plan, pin);
    }

    private Measurement run(Path place, Plan plan, boolean pin) throws IOException, InterruptedException {
        for (String file : List.of(HEADER, source + ".c")) {
            try (InputStream text = Yardstick.class.getResourceAsStream("yardstick/" + file)) {
                Files.copy(text, place.resolve(file));
            }
        }
        Path program = place.resolve(source);
        compile(place, program);
        String output = Command.output(place, List.of(program.toString(), Command.seconds(plan.warmUp()),
            Command.seconds(plan.measurement()), pin ? "1" : "0"));
        Map<String, Double> figures = new LinkedHashMap<>();
        Map<String, Object> printed = JSON.std.mapFrom(output);
        for (String name : List.of(Measurement.P50_NANOS, Measurement.P99_NANOS, Measurement.P999_NANOS,
            Measurement.MAX_NANOS)) {
            figures.put(name, ((Number) printed.get(name)).doubleValue());
        }
        return new Measurement(figures);
    }

    private void compile(Path place, Path program) throws IOException, InterruptedException {
        try {
            Command.output(place, new ArrayList<>(List.of(COMPILER, "-O2", "-pthread", "-o", program.toString(),
                place.resolve(source + ".c").toString())));
        } catch (Command.MissingException e) {
            throw new RowRunner.SkippedException("no " + COMPILER + " here");
        }
    }
}
