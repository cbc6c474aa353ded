package io.millrace.bench;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Messages of one length over a pair of byte channels: sockets or pipes. */
final class ChannelLink implements Link {
    private static final int BUFFER_LENGTH_MIN = 64 * 1024;

    private final ReadableByteChannel source;
    private final WritableByteChannel target;
    private final Closeable[] resources;
    private final int payloadBytes;
    private final int batchBytes;
    private final ByteBuffer outgoing;
    private final ByteBuffer incoming;

    /** Writes each message at once, or, if {@code batched}, as many as the buffer takes. */
    ChannelLink(ReadableByteChannel source, WritableByteChannel target, int payloadBytes, boolean batched,
        Closeable... resources) {
        this.source = source;
        this.target = target;
        this.resources = resources;
        this.payloadBytes = payloadBytes;
        int length = Math.max(BUFFER_LENGTH_MIN, payloadBytes);
        this.batchBytes = batched ? length - length % payloadBytes : payloadBytes;
        this.outgoing = ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
        this.incoming = ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
    }

    @Override
    public void send(long sequence) throws IOException {
        Payload.fill(outgoing, payloadBytes, sequence);
        if (outgoing.position() >= batchBytes) {
            flush();
        }
    }

    @Override
    public void flush() throws IOException {
        outgoing.flip();
        while (outgoing.hasRemaining()) {
            target.write(outgoing);
        }
        outgoing.clear();
    }

    @Override
    public void receive(PayloadCheck check, int limit) throws IOException {
        while (incoming.position() < payloadBytes) {
            if (source.read(incoming) < 0) {
                throw new EOFException("the other side closed the connection");
            }
        }
        int length = incoming.position();
        int start = 0;
        for (; length - start >= payloadBytes; start += payloadBytes) {
            check.accept(incoming, start);
        }
        incoming.flip().position(start);
        incoming.compact();
    }

    @Override
    public void close() throws IOException {
        source.close();
        target.close();
        for (Closeable resource : resources) {
            resource.close();
        }
    }
}
