package io.millrace.bench;

/** One line of the result: what is measured, on what, with which message, waiting how. */
record Row(Scenario scenario, String subject, int payloadBytes, WaitMode waitMode) {
    /** Names the row on the command line and in the result. */
    String key() {
        return scenario + "/" + subject + "/" + payloadBytes + "/" + waitMode;
    }
}
