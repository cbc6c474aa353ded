package io.millrace.pipe;

import io.millrace.domain.Domain;
import io.millrace.domain.ObjectRemovedException;
import io.millrace.pipe.AuthenticationKey.Role;
import io.millrace.pipe.AuthenticationKey.Session;
import io.millrace.wait.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.UUID;

/**
 * Connects to a listener: makes a pipe, offers one end to the listener, and talks to it at the other until it is
 * accepted or refused. One thread, once.
 */
final class Connector {
    private final String name;
    private final AuthenticationKey key;
    private final long deadline;
    private final Connection offers;
    private final UUID listener;

    /** Without a key it is null. */
    private Connector(PipeCore core, String name, AuthenticationKey key, long deadline) throws IOException {
        this.name = name;
        this.key = key;
        this.deadline = deadline;
        this.listener = core.object().creationId();
        this.offers = core.newConnection(1);
    }

    /** Takes the domain over. Without a key it is null. Returns null if the listener did not accept in time. */
    static Connection connect(Domain domain, String name, AuthenticationKey key, int laneCapacity, long timeoutNanos)
        throws IOException, InterruptedException {
        try (domain) {
            PipeCore core = PipeCore.openListener(Domain.join(domain.directory()), name);
            Connector connector = new Connector(core, name, key, Deadline.in(timeoutNanos));
            try (connector.offers) {
                return connector.connect(domain, laneCapacity);
            }
        }
    }

    private Connection connect(Domain domain, int laneCapacity) throws IOException, InterruptedException {
        if (offers.isOtherEndOver()) {
            throw new NoSuchFileException(name, null, "whoever listened there has died");
        }
        PipeCore core = PipeCore.create(Domain.join(domain.directory()), true, laneCapacity);
        Connection connection = core.connection(1, core.makersEntry(1));
        Copy copy = Copy.of(core, 0, core.makersEntry(0));
        boolean accepted = false;
        try {
            accepted = isAccepted(connection, copy);
            return accepted ? connection : null;
        } catch (ObjectRemovedException | EndOfStreamException e) {
            throw new BrokenPipeException(offers.toString());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            copy.drop(core);
            if (!accepted) {
                connection.close();
            }
        }
    }

    /** Whether it was in time. */
    private boolean isAccepted(Connection connection, Copy copy) throws IOException, InterruptedException {
        connection.receiver().limitLength(Greeting.LENGTH_MAX);
        byte[] nonce = key == null ? Greeting.NOTHING : AuthenticationKey.newNonce();
        Source offer = Source.of(new Offer(copy, nonce).encoded());
        if (!offers.sender().send(RecordType.BYTES, offer, Deadline.remaining(deadline))) {
            return false;
        }
        Greeting answer = next(connection);
        Session session = null;
        if (answer != null && key != null && answer.is(Greeting.CHALLENGE, AuthenticationKey.LENGTH)) {
            session = new Session(listener, copy.pipeId(), nonce, answer.content());
            Greeting.send(connection, Greeting.ANSWER, key.proof(Role.CONNECTOR, session), 0);
            answer = next(connection);
        }
        if (answer != null) {
            check(answer, session);
            connection.receiver().limitLength(Integer.MAX_VALUE);
        }
        return answer != null;
    }

    /** What the listener says next; null if nothing in time. */
    private Greeting next(Connection connection) throws IOException, InterruptedException {
        Reception.OfBytes next = new Reception.OfBytes(connection.receiver());
        try {
            int got = connection.receiver().newWaiter().await(next, this::checkListener, Deadline.remaining(deadline));
            return got > 0 ? Greeting.of(next.result()) : null;
        } catch (CorruptMessageException e) {
            return Greeting.of(Greeting.NOTHING); // too long for anything
        }
    }

    private void checkListener() {
        if (offers.isOtherEndOver()) {
            throw new UncheckedIOException(new BrokenPipeException(offers.toString()));
        }
    }

    /** Throws unless that is the welcome of one who has the key. */
    private void check(Greeting answer, Session session) throws AuthenticationException {
        if (answer.is(Greeting.REFUSAL, 1)) {
            throw Refusal.of(answer.content()[0]).atConnector(name);
        }
        boolean welcome = key == null ? answer.is(Greeting.WELCOME, 0)
            : session != null && key.isProof(answer.content(), Role.LISTENER, session)
                && answer.is(Greeting.WELCOME, AuthenticationKey.LENGTH);
        if (!welcome) {
            throw new AuthenticationException(name + ": whoever listens there has not proven that it has the key");
        }
    }
}
