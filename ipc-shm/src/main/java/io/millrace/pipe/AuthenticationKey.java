package io.millrace.pipe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What two programs know and others do not, and how one proves to the other that it does. Any thread. */
final class AuthenticationKey {
    /** Bytes of a nonce, and of a proof. */
    static final int LENGTH = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PROTOCOL = "millrace pipe, ";

    private final byte[] bytes;

    private AuthenticationKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The key of these bytes, which are copied. */
    static AuthenticationKey of(byte[] key) {
        if (key.length == 0) {
            throw new IllegalArgumentException("length of a key: actual 0 bytes, expected at least 1, better 32");
        }
        return new AuthenticationKey(key.clone());
    }

    /** Who proves something: what one has said is no proof for the other, who could only repeat it. */
    enum Role { CONNECTOR, LISTENER }

    /**
     * What a proof is about, so that it is good for nothing else.
     *
     * @param listener the listener's object
     * @param pipe the pipe that was offered
     * @param ofConnector the connector's nonce
     * @param ofListener the listener's nonce
     */
    record Session(UUID listener, UUID pipe, byte[] ofConnector, byte[] ofListener) { }

    /** Random bytes that nobody has ever seen. */
    static byte[] newNonce() {
        byte[] nonce = new byte[LENGTH];
        Random.SOURCE.nextBytes(nonce);
        return nonce;
    }

    /** What only one who has the key can say. */
    byte[] proof(Role role, Session session) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            mac.update((PROTOCOL + role.name() + '\0').getBytes(StandardCharsets.US_ASCII));
            mac.update(bytesOf(session.listener));
            mac.update(bytesOf(session.pipe));
            mac.update(session.ofConnector);
            mac.update(session.ofListener);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + ALGORITHM, e);
        }
    }

    /** Whether that is the proof; takes as long whichever byte is wrong. */
    boolean isProof(byte[] claimed, Role role, Session session) {
        return MessageDigest.isEqual(proof(role, session), claimed);
    }

    private static byte[] bytesOf(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits()).array();
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return "AuthenticationKey";
    }

    /** Looked for when a key is first used. */
    private static final class Random {
        static final SecureRandom SOURCE = new SecureRandom();
    }
}
