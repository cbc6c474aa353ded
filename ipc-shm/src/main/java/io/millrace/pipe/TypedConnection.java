package io.millrace.pipe;

import io.millrace.codec.Codec;
import io.millrace.wait.Timeouts;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * A {@link Connection} for items of one type, which a codec encodes. Shares everything with the connection, which is to
 * be closed; items may be sent and received by both.
 *
 * @param <E> the items
 */
public final class TypedConnection<E> {
    private final Connection connection;
    private final Codec<E> codec;
    private final int content;

    TypedConnection(Connection connection, Codec<E> codec) {
        this.connection = connection;
        this.codec = codec;
        this.content = RecordType.typed(codec.id());
    }

    /** Sends an item, or null; waits until there is room. Throws as {@link Connection#send(Object)} does. */
    public void send(E item) throws BrokenPipeException, InterruptedException {
        connection.trySend(content, codec, item, Timeouts.FOREVER);
    }

    /**
     * The same, and waits so long for room.
     *
     * @throws TimeoutException if there was none; nothing was sent
     */
    public void send(E item, Duration timeout) throws BrokenPipeException, InterruptedException, TimeoutException {
        connection.checkSent(connection.trySend(content, codec, item, Timeouts.nanos(timeout)), timeout);
    }

    /**
     * Receives an item, or null; waits until there is one.
     *
     * @throws EndOfStreamException if there is none and never will be
     * @throws io.millrace.codec.DecodingException if a message was sent otherwise than by this codec; it is received
     */
    public E receive() throws EndOfStreamException, InterruptedException {
        return connection.receive(reception());
    }

    /**
     * The same, and waits so long for one.
     *
     * @throws TimeoutException if there was none
     */
    public E receive(Duration timeout) throws EndOfStreamException, InterruptedException, TimeoutException {
        return connection.receive(timeout, reception());
    }

    /** The connection. */
    public Connection connection() {
        return connection;
    }

    private Reception<E> reception() {
        return new Reception.OfItem<>(connection.receiver(), codec, content);
    }

    @Override
    public String toString() {
        return connection + " of " + codec.id();
    }
}
