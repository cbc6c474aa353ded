package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A way to connect two JVMs. One of them binds and accepts, the other connects; more than once each where the subject
 * is measured with several ends, and then in any order.
 */
interface Transport {
    /** Makes what the other side connects to, in a directory of this run's own, and returns what it needs to know. */
    String bind(Path directory) throws IOException, InterruptedException;

    /** Waits for the other side. */
    Link accept() throws IOException;

    /** Connects to the side that has bound. */
    Link connect(Path directory, String address) throws IOException;
}
