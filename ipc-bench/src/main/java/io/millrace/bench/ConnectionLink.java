package io.millrace.bench;

import io.millrace.memory.Region;
import io.millrace.pipe.Connection;
import io.millrace.pipe.EndOfStreamException;
import io.millrace.pipe.MessageHandler;
import io.millrace.pipe.MessageWriter;
import io.millrace.wait.Timeouts;
import io.millrace.wait.Waiter;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Messages of one length over an end of a pipe. */
abstract class ConnectionLink implements Link {
    final Connection connection;
    final int payloadBytes;

    ConnectionLink(Connection connection, int payloadBytes) {
        this.connection = connection;
        this.payloadBytes = payloadBytes;
    }

    @Override
    public void close() {
        connection.close();
    }

    /** Written and read in place. */
    static final class InPlace extends ConnectionLink {
        private static final Duration FOREVER = Duration.ofNanos(Timeouts.FOREVER);
        /** What is read at once takes at most about so many bytes: its room is given back as a whole. */
        private static final int READ_BYTES_MAX = 1 << 16;

        private final WaitMode wait;
        private final int readLimit;
        private int limit;
        private final Waiter spinning = Waiter.spinning();
        private final BooleanSupplier tryClaim = this::tryClaim;
        private final IntSupplier tryRead = this::tryRead;
        private final MessageHandler handler = this::check;
        private final MessageWriter writer;
        private Region claimed;
        private PayloadCheck check;

        InPlace(Connection connection, int payloadBytes, WaitMode wait) {
            super(connection, payloadBytes);
            this.wait = wait;
            this.readLimit = Math.max(1, READ_BYTES_MAX / payloadBytes);
            this.writer = connection.isWritable() ? connection.writer() : null;
        }

        @Override
        public void send(long sequence) throws InterruptedException, IOException {
            Region space = writer.tryClaim(payloadBytes);
            if (space == null) {
                space = awaitSpace();
            }
            Payload.fill(space, payloadBytes, sequence);
            writer.send();
        }

        private Region awaitSpace() throws InterruptedException, IOException {
            if (wait == WaitMode.BLOCK) {
                return writer.claim(payloadBytes);
            }
            spinning.await(tryClaim, Timeouts.FOREVER);
            return claimed;
        }

        private boolean tryClaim() {
            try {
                claimed = writer.tryClaim(payloadBytes);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return claimed != null;
        }

        @Override
        public void close() {
            if (writer != null) {
                writer.close();
            }
            super.close();
        }

        @Override
        public void receive(PayloadCheck to, int most) throws InterruptedException, IOException {
            check = to;
            limit = Math.min(most, readLimit);
            if (wait == WaitMode.SPIN) {
                spinning.await(tryRead, Timeouts.FOREVER);
            } else {
                connection.read(handler, limit, FOREVER);
            }
        }

        private void check(Region message) {
            check.accept(message);
        }

        private int tryRead() {
            try {
                return connection.read(handler, limit);
            } catch (EndOfStreamException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Texts by Java serialization. */
    static final class OfObjects extends ConnectionLink {
        private final TextPayload payload;

        OfObjects(Connection connection, int payloadBytes) {
            super(connection, payloadBytes);
            this.payload = new TextPayload(payloadBytes);
        }

        @Override
        public void send(long sequence) throws InterruptedException, IOException {
            connection.send(payload.text(sequence));
        }

        @Override
        public void receive(PayloadCheck check, int limit) throws InterruptedException, IOException {
            check.accept(connection.receive(String.class));
        }
    }
}
