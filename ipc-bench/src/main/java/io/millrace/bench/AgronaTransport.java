package io.millrace.bench;

import io.millrace.memory.MappedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Subjects {@code agrona-spsc} and {@code agrona-mpsc}: Agrona's {@code OneToOneRingBuffer} and {@code
 * ManyToOneRingBuffer}, used as {@link RingSpscTransport} and {@link RingMpmcTransport} use ours.
 */
final class AgronaTransport implements Transport {
    private static final int FILE_LENGTH = RingSpscTransport.CAPACITY + RingBufferDescriptor.TRAILER_LENGTH;
    private static final int MESSAGE_TYPE = 1;

    private final int payloadBytes;
    private final Function<AtomicBuffer, RingBuffer> maker;
    private Link accepted;

    /** A transport over rings that {@code maker} makes of a mapped file; a JVM uses but one sort of them. */
    AgronaTransport(int payloadBytes, Function<AtomicBuffer, RingBuffer> maker) {
        this.payloadBytes = payloadBytes;
        this.maker = maker;
    }

    @Override
    public String bind(Path directory) throws IOException {
        accepted = new AgronaLink(create(directory.resolve("back")), create(directory.resolve("forth")));
        return "";
    }

    @Override
    public Link accept() {
        return accepted;
    }

    @Override
    public Link connect(Path directory, String address) throws IOException {
        return new AgronaLink(MappedFile.open(directory.resolve("forth")), MappedFile.open(directory.resolve("back")));
    }

    private static MappedFile create(Path path) throws IOException {
        MappedFile file = MappedFile.createUnpublished(path, FILE_LENGTH);
        file.publish();
        return file;
    }

    private final class AgronaLink implements Link {
        private final MappedFile outgoingFile;
        private final MappedFile incomingFile;
        private final RingBuffer outgoing;
        private final RingBuffer incoming;
        private final MessageHandler handler = (type, buffer, index, length) -> accept(buffer, index, length);
        private PayloadCheck check;

        AgronaLink(MappedFile outgoingFile, MappedFile incomingFile) {
            this.outgoingFile = outgoingFile;
            this.incomingFile = incomingFile;
            outgoing = maker.apply(new UnsafeBuffer(outgoingFile.region().byteBuffer()));
            incoming = maker.apply(new UnsafeBuffer(incomingFile.region().byteBuffer()));
        }

        @Override
        public void send(long sequence) throws InterruptedException {
            int index;
            while ((index = outgoing.tryClaim(MESSAGE_TYPE, payloadBytes)) < 0) {
                idle();
            }
            AtomicBuffer buffer = outgoing.buffer();
            Payload.fill(buffer, index, payloadBytes, sequence);
            outgoing.commit(index);
        }

        @Override
        public void receive(PayloadCheck to, int limit) throws InterruptedException {
            check = to;
            while (incoming.read(handler, limit) == 0) {
                idle();
            }
        }

        /** Agrona's own way to spin, and an ear for the harness that says stop. */
        private void idle() throws InterruptedException {
            BusySpinIdleStrategy.INSTANCE.idle();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }

        private void accept(DirectBuffer buffer, int index, int length) {
            check.accept(buffer, index, length);
        }

        @Override
        public void close() throws IOException {
            outgoingFile.close();
            incomingFile.close();
        }
    }
}
