package io.millrace.pipe;

import io.millrace.pipe.AuthenticationKey.Role;
import io.millrace.pipe.AuthenticationKey.Session;
import io.millrace.wait.Deadline;
import io.millrace.wait.Signal;

/** A listener's talk with one connector, from the challenge to the connection or its refusal. It never waits. */
final class Handshake {
    private final Connection connection;
    private final AuthenticationKey key;
    private final Session session;
    private final long deadline;

    private Handshake(Connection connection, AuthenticationKey key, Session session, long deadline) {
        this.connection = connection;
        this.key = key;
        this.session = session;
        this.deadline = deadline;
    }

    /** How far it has come. */
    enum State {
        /** The connector has not answered yet. */
        WAITING,
        /** The connector is gone, or too late. */
        OVER,
        /** They are connected. */
        CONNECTED
    }

    /** Challenges one who has offered that pipe, and has a key as this listener has. */
    static Handshake begin(Connection connection, AuthenticationKey key, Session session, long timeoutNanos)
        throws BrokenPipeException, InterruptedException {
        Greeting.send(connection, Greeting.CHALLENGE, session.ofListener(), 0);
        return new Handshake(connection, key, session, Deadline.in(timeoutNanos));
    }

    Connection connection() {
        return connection;
    }

    /** Raised when the connector has answered, or is gone. */
    Signal signal() {
        return connection.readySignal();
    }

    /**
     * Looks for the answer.
     *
     * @throws AuthenticationException if it is wrong; the connector was told
     */
    State tryGoOn(String listener) throws BrokenPipeException, InterruptedException, AuthenticationException {
        Reception.OfBytes answer = new Reception.OfBytes(connection.receiver());
        try {
            if (answer.getAsInt() > 0) {
                return judge(Greeting.of(answer.result()), listener);
            }
        } catch (EndOfStreamException e) {
            return State.OVER;
        } catch (CorruptMessageException e) {
            return judge(Greeting.of(Greeting.NOTHING), listener); // too long for anything
        }
        connection.lookForTheDead();
        if (Deadline.remaining(deadline) > 0) {
            return State.WAITING;
        }
        refuse(connection, Refusal.LATE);
        return State.OVER;
    }

    private State judge(Greeting answer, String listener) throws BrokenPipeException, InterruptedException,
        AuthenticationException {
        Refusal refusal = !answer.is(Greeting.ANSWER, AuthenticationKey.LENGTH) ? Refusal.UNINTELLIGIBLE
            : key.isProof(answer.content(), Role.CONNECTOR, session) ? null : Refusal.WRONG_KEY;
        if (refusal != null) {
            refuse(connection, refusal);
            throw refusal.atListener(listener);
        }
        return Greeting.send(connection, Greeting.WELCOME, key.proof(Role.LISTENER, session), 0)
            ? State.CONNECTED : State.OVER;
    }

    /** Tells a connector, if it is still there. */
    static void refuse(Connection connection, Refusal reason) throws InterruptedException {
        try {
            Greeting.send(connection, Greeting.REFUSAL, new byte[] {(byte) reason.ordinal()}, 0);
        } catch (BrokenPipeException e) {
            return; // nobody wants to know any more
        }
    }
}
