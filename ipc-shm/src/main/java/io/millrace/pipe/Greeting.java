package io.millrace.pipe;

import java.util.Arrays;

/**
 * A message between a connector and a listener before they are connected: a byte that says which, and what goes with
 * it.
 *
 * @param sort one of the constants
 * @param content a nonce, a proof, or the number of a refusal
 */
record Greeting(byte sort, byte[] content) {
    /** From the listener: it has accepted; with its proof, if there is a key. */
    static final byte WELCOME = 1;
    /** From the listener: its nonce. */
    static final byte CHALLENGE = 2;
    /** From the connector: its proof. */
    static final byte ANSWER = 3;
    /** From the listener: it has not accepted, and why. */
    static final byte REFUSAL = 4;

    static final byte[] NOTHING = {};

    /** Longer ones are not even read. */
    static final int LENGTH_MAX = 1 << 8;

    byte[] encoded() {
        byte[] message = new byte[1 + content.length];
        message[0] = sort;
        System.arraycopy(content, 0, message, 1, content.length);
        return message;
    }

    /** What somebody says; of no sort if it is nothing. */
    static Greeting of(byte[] message) {
        return message.length == 0 ? new Greeting((byte) 0, NOTHING)
            : new Greeting(message[0], Arrays.copyOfRange(message, 1, message.length));
    }

    boolean is(byte expected, int length) {
        return sort == expected && content.length == length;
    }

    /** Sends it; false if there was no room in time, as there always is at the beginning of a connection. */
    static boolean send(Connection to, byte sort, byte[] content, long timeoutNanos) throws BrokenPipeException,
        InterruptedException {
        return to.sender().send(RecordType.BYTES, Source.of(new Greeting(sort, content).encoded()), timeoutNanos);
    }
}
