package io.millrace.pipe;

import io.millrace.codec.Codec;
import io.millrace.codec.InPlaceCodec;
import io.millrace.codec.MessageBuffer;
import io.millrace.domain.OutgoingHandles;
import io.millrace.domain.SharedObject;

/** Sends items that a codec encodes, and the handles in them. */
final class ItemSender {
    private ItemSender() { }

    /**
     * Sends an item, or null; false if there was no room in time.
     *
     * @param pipe through which it goes
     */
    static <E> boolean send(SharedObject pipe, Sender to, int content, Codec<? super E> codec, E item,
        long timeoutNanos) throws BrokenPipeException, InterruptedException {
        if (item == null) {
            return to.send(RecordType.NULL, Source.NOTHING, timeoutNanos);
        }
        try (MessageBuffer buffer = MessageBuffer.borrow()) {
            if (codec instanceof InPlaceCodec) { // it knows no handles
                codec.encode(item, buffer);
                return send(to, content, buffer, timeoutNanos);
            }
            try (OutgoingHandles handles = new OutgoingHandles(pipe)) {
                handles.encode(() -> codec.encode(item, buffer));
                boolean sent = handles.isEmpty() ? send(to, content, buffer, timeoutNanos)
                    : to.send(content | RecordType.WITH_HANDLES, withTickets(buffer, handles), timeoutNanos);
                if (sent) {
                    handles.sent();
                }
                return sent;
            }
        }
    }

    private static boolean send(Sender to, int content, MessageBuffer buffer, long timeoutNanos)
        throws BrokenPipeException, InterruptedException {
        return to.send(content, new Source.OfRegion(buffer.message(), buffer.length(), 0), timeoutNanos);
    }

    private static Source withTickets(MessageBuffer buffer, OutgoingHandles handles) {
        handles.appendTo(buffer);
        return new Source.OfRegion(buffer.message(), buffer.length(), handles.length());
    }
}
