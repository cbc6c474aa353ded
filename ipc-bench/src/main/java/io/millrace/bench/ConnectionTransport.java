package io.millrace.bench;

import io.millrace.pipe.Connection;
import io.millrace.pipe.Pipe;
import io.millrace.pipe.PipeListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Subjects {@code pipe} and {@code pipe-serialized}: the two ends of a duplex pipe, one message a call. */
final class ConnectionTransport implements Transport {
    private static final String NAME = "bench";

    private final Function<Connection, Link> link;
    private final int laneCapacity;
    private PipeListener listener;

    /** With such a link over each end, and lanes as large as the ring of {@code ring-spsc}, or four messages. */
    ConnectionTransport(int payloadBytes, Function<Connection, Link> link) {
        this.link = link;
        this.laneCapacity = Math.max(RingSpscTransport.CAPACITY, 4 * payloadBytes);
    }

    @Override
    public String bind(Path directory) {
        listener = Pipe.listen(domain(directory), NAME);
        return "";
    }

    private static Path domain(Path directory) {
        // Within the directory, for a domain must be closed to other users: its directory is made so.
        return directory.resolve("domain");
    }

    @Override
    public Link accept() throws IOException {
        try (PipeListener from = listener) {
            return link.apply(from.accept());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public Link connect(Path directory, String address) throws IOException {
        try {
            return link.apply(Pipe.builder(true).domain(domain(directory)).laneCapacity(laneCapacity)
                .connect(NAME, Duration.ofSeconds(30)));
        } catch (InterruptedException | TimeoutException e) {
            throw new IOException(e);
        }
    }
}
