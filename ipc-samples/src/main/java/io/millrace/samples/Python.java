package io.millrace.samples;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What lets the samples pause and print as their models in Python do.
 *
 * <p>All pauses are a tenth of those of the models, so that nobody waits long for a sample; their proportions are the
 * same.
 */
final class Python {
    private static final int FACTOR = 10;
    private static final long MILLIS = 1000;

    private Python() { }

    /** Sleeps for a tenth of so many seconds. */
    static void sleep(double seconds) throws InterruptedException {
        Thread.sleep(seconds(seconds).toMillis());
    }

    /** A tenth of so many seconds. */
    static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * MILLIS / FACTOR));
    }

    /** A value as Python prints it: {@code True}, {@code None}, {@code {'a': 1}}. */
    static String text(Object value) {
        if (value == null) {
            return "None";
        } else if (value instanceof Boolean) {
            return (boolean) value ? "True" : "False";
        } else if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream().map(entry -> quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.toString();
    }

    private static String quoted(Object value) {
        return value instanceof String ? "'" + value + "'" : text(value);
    }
}
