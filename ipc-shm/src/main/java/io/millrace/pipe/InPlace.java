package io.millrace.pipe;

import io.millrace.codec.MessageBuffer;
import io.millrace.memory.Region;

/** Messages as a handler wants them. */
final class InPlace implements Sink {
    private MessageHandler handler;

    void setHandler(MessageHandler given) {
        if (handler != given) { // storing a reference costs more than looking
            handler = given;
        }
    }

    MessageHandler handler() {
        return handler;
    }

    @Override
    public boolean takesArrays() {
        return false;
    }

    @Override
    public void accept(int content, Region message) {
        handler.onMessage(message);
    }

    @Override
    public void accept(int content, byte[] message) {
        try (MessageBuffer buffer = MessageBuffer.borrow()) {
            buffer.reserve(message.length).putBytes(0, message, 0, message.length);
            buffer.setLength(message.length);
            handler.onMessage(buffer.message());
        }
    }
}
