package io.millrace.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A script that measures the same in Python, where there is one. */
final class PythonScript {
    private static final String PYTHON = "python3";

    private PythonScript() { }

    /**
     * Runs a script of ours, which prints its figures as JSON.
     *
     * @throws RowRunner.SkippedException if there is no Python here
     */
    static Measurement measure(Path place, String script, List<String> arguments)
        throws IOException, InterruptedException {
        try (InputStream text = PythonScript.class.getResourceAsStream("yardstick/" + script)) {
            Files.copy(text, place.resolve(script));
        }
        List<String> command = new ArrayList<>(List.of(PYTHON, script));
        command.addAll(arguments);
        try {
            Map<String, Double> figures = new LinkedHashMap<>();
            JSON.std.mapFrom(Command.output(place, command))
                .forEach((name, figure) -> figures.put(name, ((Number) figure).doubleValue()));
            return new Measurement(figures);
        } catch (Command.MissingException e) {
            throw new RowRunner.SkippedException("no " + PYTHON + " here");
        }
    }
}
