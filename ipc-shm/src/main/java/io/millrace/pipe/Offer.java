package io.millrace.pipe;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What a connector sends to a listener: a copy of the first end of a pipe, and its nonce if it has a key. Bytes, for
 * whoever sends them has yet to prove anything.
 *
 * @param nonce empty if the connector has no key
 */
record Offer(Copy copy, byte[] nonce) {
    /** Longer ones are not even read. */
    static final int LENGTH_MAX = 1 << 8;

    private static final byte NO_KEY = 0;
    private static final byte KEY = 1;

    boolean hasKey() {
        return nonce.length > 0;
    }

    byte[] encoded() {
        byte[] name = copy.pipe().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(3 * Long.BYTES + Integer.BYTES + 1 + nonce.length + name.length)
            .putLong(copy.pipeId().getMostSignificantBits()).putLong(copy.pipeId().getLeastSignificantBits())
            .putLong(copy.value()).putInt(copy.index()).put(hasKey() ? KEY : NO_KEY).put(nonce).put(name).array();
    }

    /** What was offered; null if that is nothing that makes sense. */
    static Offer of(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message);
        try {
            UUID id = new UUID(in.getLong(), in.getLong());
            long value = in.getLong();
            int index = in.getInt();
            byte key = in.get();
            if (index < 0 || index >= PipeLayout.HOLDERS || key != NO_KEY && key != KEY) {
                return null;
            }
            byte[] nonce = new byte[key == KEY ? AuthenticationKey.LENGTH : 0];
            in.get(nonce);
            byte[] name = new byte[in.remaining()];
            in.get(name);
            return new Offer(new Copy(new String(name, StandardCharsets.US_ASCII), id, 0, index, value), nonce);
        } catch (BufferUnderflowException e) {
            return null;
        }
    }
}
