package io.millrace.bench;

/** One line of the result: what is measured, on what, with which message, waiting how, by how many. */
record Row(Scenario scenario, String subject, int payloadBytes, WaitMode waitMode, Ends ends) {
    /** With one producer and one consumer. */
    Row(Scenario scenario, String subject, int payloadBytes, WaitMode waitMode) {
        this(scenario, subject, payloadBytes, waitMode, Ends.ONE_EACH);
    }

    /** Names the row on the command line and in the result. */
    String key() {
        return scenario + "/" + subject + "/" + payloadBytes + "/" + waitMode + (ends.isOneEach() ? "" : "/" + ends);
    }

    /** Whether it can be stopped and go on at once, so that it is measured in turns with what it is compared with. */
    boolean takesTurns() {
        return Scenario.OF_PAIRS.contains(scenario) && ends.isOneEach()
            && (Subject.isNamed(subject) || Yardstick.measures(this));
    }
}
