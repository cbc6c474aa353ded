package io.millrace.bench;

import java.time.Duration;

/** How long one trial of one row takes. */
record Plan(Duration warmUp, Duration measurement, int trials) {
    static final Plan QUICK = new Plan(Duration.ofMillis(900), Duration.ofMillis(900), 1);
    static final Plan FULL = new Plan(Duration.ofMillis(1500), Duration.ofMillis(2000), 5);
}
