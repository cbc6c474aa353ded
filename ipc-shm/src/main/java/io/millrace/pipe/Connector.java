package io.millrace.pipe;

import io.millrace.domain.Domain;
import io.millrace.domain.ObjectRemovedException;
import io.millrace.wait.Deadline;
import io.millrace.wait.Waiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;

/** Connects to a listener: makes a pipe, offers one end to the listener, and waits for its welcome at the other. */
final class Connector {
    private Connector() { }

    /** Takes the domain over. Returns null if the listener did not accept in time. */
    static Connection connect(Domain domain, String name, long timeoutNanos) throws IOException, InterruptedException {
        try (domain;
            Connection offers = PipeCore.openListener(Domain.join(domain.directory()), name).newConnection(1)) {
            if (offers.isOtherEndOver()) {
                throw new NoSuchFileException(name, null, "whoever listened there has died");
            }
            PipeCore core = PipeCore.create(Domain.join(domain.directory()), true, Pipe.LANE_CAPACITY);
            Connection connection = core.connection(1, core.makersEntry(1));
            Copy offer = Copy.of(core, 0, core.makersEntry(0));
            boolean accepted = false;
            try {
                accepted = offer(offers, offer, connection, Deadline.in(timeoutNanos));
                return accepted ? connection : null;
            } catch (ObjectRemovedException e) {
                throw new BrokenPipeException(offers.toString());
            } catch (UncheckedIOException e) {
                throw e.getCause();
            } finally {
                offer.drop(core);
                if (!accepted) {
                    connection.close();
                }
            }
        }
    }

    private static boolean offer(Connection offers, Copy offer, Connection connection, long deadline)
        throws IOException, InterruptedException {
        if (!offers.trySend(RecordType.OBJECT, Connection.SERIALIZATION, offer,
            Deadline.remaining(deadline))) {
            return false;
        }
        Reception.OfBytes welcome = new Reception.OfBytes(connection.receiver());
        Waiter waiter = connection.receiver().newWaiter();
        if (waiter.await(welcome, () -> checkListener(offers), Deadline.remaining(deadline)) <= 0) {
            return false;
        }
        welcome.result();
        return true;
    }

    private static void checkListener(Connection offers) {
        if (offers.isOtherEndOver()) {
            throw new UncheckedIOException(new BrokenPipeException(offers.toString()));
        }
    }
}
