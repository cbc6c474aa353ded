package io.millrace.pipe;

import io.millrace.domain.Domain;
import io.millrace.pipe.AuthenticationKey.Role;
import io.millrace.pipe.AuthenticationKey.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** A connector that says what a test has it say, and not what the protocol wants. */
final class RawConnector implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(50);

    private final UUID listener;
    private final Connection offers;
    private final PipeCore pipe;
    private final Connection connection;
    private final Copy copy;

    RawConnector(Path domain, String name) throws Exception {
        PipeCore core = PipeCore.openListener(Domain.join(domain), name);
        listener = core.object().creationId();
        offers = core.newConnection(1);
        pipe = PipeCore.create(Domain.join(domain), true, Pipe.LANE_CAPACITY);
        connection = pipe.connection(1, pipe.makersEntry(1));
        copy = Copy.of(pipe, 0, pipe.makersEntry(0));
    }

    /** One that has made an offer, and will make no other. */
    static RawConnector offering(Path domain, String name) throws Exception {
        RawConnector connector = new RawConnector(domain, name);
        connector.offer();
        connector.offers.close();
        return connector;
    }

    /** Offers its pipe, as one who has a key; its nonce. */
    byte[] offer() throws Exception {
        byte[] nonce = AuthenticationKey.newNonce();
        offerWith(nonce);
        return nonce;
    }

    /** The same with a nonce of somebody else's. */
    void offerWith(byte[] nonce) throws Exception {
        offers.sendBytes(new Offer(copy, nonce).encoded());
    }

    /** Answers as one who has the key. */
    void answer(AuthenticationKey key, byte[] nonce, Greeting challenge) throws Exception {
        byte[] proof = key.proof(Role.CONNECTOR, new Session(listener, copy.pipeId(), nonce, challenge.content()));
        connection.sendBytes(new Greeting(Greeting.ANSWER, proof).encoded());
    }

    /** Sends anything where an offer belongs. */
    void offerBytes(byte[] message) throws Exception {
        offers.sendBytes(message);
    }

    /** Where it talks to the listener. */
    Connection connection() {
        return connection;
    }

    Greeting heard() throws Exception {
        return Greeting.of(connection.receiveBytes(LONG));
    }

    @Override
    public void close() {
        copy.drop(pipe);
        connection.close();
        offers.close();
    }
}
