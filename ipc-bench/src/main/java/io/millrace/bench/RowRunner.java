package io.millrace.bench;

import java.io.IOException;

/** Runs one trial of one row. */
interface RowRunner {
    /**
     * Measures once.
     *
     * @throws SkippedException if what the row needs is not installed here
     * @throws IOException if it failed; the message says why
     */
    Measurement run(Row row) throws IOException, InterruptedException;

    /** A yardstick is not there: no failure, but to be told. */
    final class SkippedException extends IOException {
        private static final long serialVersionUID = 1L;

        SkippedException(String reason) {
            super(reason);
        }
    }
}
