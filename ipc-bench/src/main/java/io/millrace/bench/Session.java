package io.millrace.bench;

import java.io.IOException;
import java.time.Duration;

/** A row in one trial: its processes are there, connected and warmed up, and sleep until it is their turn. */
interface Session extends AutoCloseable {
    /** Lets them work for so long, and gives the figures of this turn, if it was long enough for some. */
    Measurement turn(Duration time) throws IOException, InterruptedException;

    /** The figures of all turns. */
    Measurement end() throws IOException, InterruptedException;

    /** Ends the processes, whatever they do. */
    @Override
    void close();

    /** Starts sessions. */
    interface Starter {
        /**
         * Starts the processes of a row and warms them up.
         *
         * @throws RowRunner.SkippedException if what the row needs is not installed here
         * @throws IOException if it failed; the message says why
         */
        Session start(Row row) throws IOException, InterruptedException;
    }
}
