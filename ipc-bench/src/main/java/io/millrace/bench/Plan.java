package io.millrace.bench;

import java.time.Duration;

/** How long one trial of one row takes, and how many processes are killed in one trial of a recovery. */
record Plan(Duration warmUp, Duration measurement, int trials, int kills) {
    static final Plan QUICK = new Plan(Duration.ofMillis(700), Duration.ofMillis(650), 1, 5);
    static final Plan FULL = new Plan(Duration.ofMillis(1500), Duration.ofMillis(2000), 5, 5);

    /**
     * Short, so that a machine which changes its state every few seconds is in the same for all turns of a round; long
     * enough that waking up at its begin takes next to nothing of it.
     */
    static final Duration TURN = Duration.ofMillis(50);

    private static final int IDLE_TIMES = 4;

    /** How many turns a row has in a trial, so that together they are as long as the measurement of any other. */
    int turns() {
        return (int) Math.max(1, measurement.dividedBy(TURN));
    }

    /** Longer than for others, because what is measured is next to nothing. */
    Duration idleMeasurement() {
        return measurement.multipliedBy(IDLE_TIMES);
    }
}
