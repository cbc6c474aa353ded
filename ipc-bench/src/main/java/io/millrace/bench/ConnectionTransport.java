package io.millrace.bench;

import io.millrace.memory.Region;
import io.millrace.pipe.Connection;
import io.millrace.pipe.EndOfStreamException;
import io.millrace.pipe.MessageClaim;
import io.millrace.pipe.MessageHandler;
import io.millrace.pipe.Pipe;
import io.millrace.pipe.PipeListener;
import io.millrace.wait.Timeouts;
import io.millrace.wait.Waiter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Subject {@code pipe}: the two ends of a duplex pipe, one message a call, written and read in place. */
final class ConnectionTransport implements Transport {
    private static final String NAME = "bench";
    private static final Duration FOREVER = Duration.ofNanos(Timeouts.FOREVER);

    private final int payloadBytes;
    private final WaitMode wait;
    private PipeListener listener;

    ConnectionTransport(int payloadBytes, WaitMode wait) {
        this.payloadBytes = payloadBytes;
        this.wait = wait;
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
            return new ConnectionLink(from.accept());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public Link connect(Path directory, String address) throws IOException {
        try {
            return new ConnectionLink(Pipe.connect(domain(directory), NAME, Duration.ofSeconds(30)));
        } catch (InterruptedException | TimeoutException e) {
            throw new IOException(e);
        }
    }

    private final class ConnectionLink implements Link {
        private final Connection connection;
        private final Waiter spinning = Waiter.spinning();
        private final BooleanSupplier tryClaim = this::tryClaim;
        private final IntSupplier tryRead = this::tryRead;
        private final MessageHandler handler = this::check;
        private MessageClaim claim;
        private PayloadCheck check;

        ConnectionLink(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void send(long sequence) throws InterruptedException, IOException {
            if (wait == WaitMode.BLOCK) {
                claim = connection.claim(payloadBytes);
            } else if (!tryClaim()) {
                spinning.await(tryClaim, Timeouts.FOREVER);
            }
            Payload.fill(claim.payload(), payloadBytes, sequence);
            claim.send();
        }

        private boolean tryClaim() {
            try {
                claim = connection.tryClaim(payloadBytes);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return claim != null;
        }

        @Override
        public void receive(PayloadCheck to) throws InterruptedException, IOException {
            check = to;
            if (wait == WaitMode.SPIN) {
                spinning.await(tryRead, Timeouts.FOREVER);
            } else {
                connection.read(handler, RingSpscTransport.READ_LIMIT, FOREVER);
            }
        }

        private void check(Region message) {
            check.accept(message);
        }

        private int tryRead() {
            try {
                return connection.read(handler, RingSpscTransport.READ_LIMIT);
            } catch (EndOfStreamException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}
