package io.millrace.pipe;

import io.millrace.codec.Codec;
import io.millrace.codec.DecodingException;
import io.millrace.codec.MessageBuffer;
import io.millrace.domain.IncomingHandles;
import io.millrace.memory.Region;
import java.util.function.IntSupplier;

/** One message on its way to one who receives. */
abstract class Reception<T> implements Sink, IntSupplier {
    private final Receiver receiver;
    private EndOfStreamException endOfStream;

    Reception(Receiver receiver) {
        this.receiver = receiver;
    }

    /** An attempt to receive; 1 if that is over. */
    @Override
    public final int getAsInt() {
        try {
            return receiver.tryRead(this, null, 1);
        } catch (EndOfStreamException e) {
            endOfStream = e;
            return 1;
        } finally {
            afterAttempt();
        }
    }

    /** What is to be done when the message, if there was one, is over. */
    void afterAttempt() { }

    /** What was received. */
    final T result() throws EndOfStreamException {
        if (endOfStream != null) {
            throw endOfStream;
        }
        return received();
    }

    abstract T received();

    /** A message's bytes. */
    static final class OfBytes extends Reception<byte[]> {
        private byte[] message;

        OfBytes(Receiver receiver) {
            super(receiver);
        }

        @Override
        public boolean takesArrays() {
            return true;
        }

        @Override
        public void accept(int content, Region payload) {
            message = new byte[payload.length()];
            payload.getBytes(0, message, 0, message.length);
        }

        @Override
        public void accept(int content, byte[] whole) {
            message = whole;
        }

        @Override
        byte[] received() {
            return message;
        }
    }

    /** A message's bytes, in an array of the user's; the result is how many there are. */
    static final class IntoArray extends Reception<Integer> {
        private final byte[] array;
        private final int offset;
        private int length;
        private byte[] tooLong;

        IntoArray(Receiver receiver, byte[] array, int offset) {
            super(receiver);
            this.array = array;
            this.offset = offset;
        }

        @Override
        public boolean takesArrays() {
            return true;
        }

        @Override
        public void accept(int content, Region payload) {
            length = payload.length();
            if (length <= array.length - offset) {
                payload.getBytes(0, array, offset, length);
            } else {
                tooLong = new byte[length];
                payload.getBytes(0, tooLong, 0, length);
            }
        }

        @Override
        public void accept(int content, byte[] whole) {
            length = whole.length;
            if (length <= array.length - offset) {
                System.arraycopy(whole, 0, array, offset, length);
            } else {
                tooLong = whole;
            }
        }

        @Override
        Integer received() {
            if (tooLong != null) {
                throw new BufferTooShortException(tooLong, array.length - offset);
            }
            return length;
        }
    }

    /** An item that a codec decodes. */
    static final class OfItem<E> extends Reception<E> {
        private final Codec<E> codec;
        private final int expected;
        private IncomingHandles handles;
        private E item;

        OfItem(Receiver receiver, Codec<E> codec, int expected) {
            super(receiver);
            this.codec = codec;
            this.expected = expected;
        }

        @Override
        public boolean takesArrays() {
            return false;
        }

        @Override
        public void accept(int content, Region payload) {
            int plain = content & ~RecordType.WITH_HANDLES;
            if (plain == RecordType.NULL) {
                item = null;
            } else if (RecordType.content(plain) == RecordType.TYPED ? plain == expected
                : RecordType.content(expected) != RecordType.TYPED) {
                item = RecordType.hasHandles(content) ? decodeWithHandles(payload) : codec.decode(payload);
            } else {
                throw new DecodingException("a message of " + payload.length() + " bytes was sent by another codec"
                    + " than " + codec.id());
            }
        }

        private E decodeWithHandles(Region payload) {
            handles = new IncomingHandles();
            return handles.decode(() -> codec.decode(payload));
        }

        @Override
        void afterAttempt() {
            if (handles != null) {
                handles.messageIsOver();
                handles = null;
            }
        }

        @Override
        public void accept(int content, byte[] whole) {
            try (MessageBuffer buffer = MessageBuffer.borrow()) {
                buffer.reserve(whole.length).putBytes(0, whole, 0, whole.length);
                buffer.setLength(whole.length);
                accept(content, buffer.message());
            }
        }

        @Override
        E received() {
            return item;
        }
    }
}
