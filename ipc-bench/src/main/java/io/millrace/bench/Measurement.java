package io.millrace.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of one trial by name, as the JSON of the result has them. */
record Measurement(Map<String, Double> figures) {
    static final String MESSAGES_PER_SECOND = "messagesPerSecond";
    static final String P50_NANOS = "p50Nanos";
    static final String P99_NANOS = "p99Nanos";
    static final String P999_NANOS = "p999Nanos";
    static final String MAX_NANOS = "maxNanos";
    static final String CPU_PERCENT = "cpuPercent";
    static final String BYTES_ALLOCATED_PER_OP = "bytesAllocatedPerOp";

    /** The figures of both sides of a pair; what both measured is added up. */
    Measurement plus(Measurement other) {
        Map<String, Double> sum = new LinkedHashMap<>(figures);
        other.figures.forEach((name, value) -> sum.merge(name, value, Double::sum));
        return new Measurement(sum);
    }
}
