package io.millrace.bench;

import io.millrace.codec.Codec;
import io.millrace.queue.QueueBuilder;
import io.millrace.queue.SharedQueue;
import java.nio.file.Path;

/**
 * Subjects {@code queue} and {@code queue-serialized}: a {@code SharedQueue} of texts each way, put and got one at a
 * time, in a domain of its own. It may grow no larger than the rings of other subjects are.
 */
final class QueueTransport implements Transport {
    private final int payloadBytes;
    private final Codec<String> codec;
    private Path bound;

    QueueTransport(int payloadBytes, Codec<String> codec) {
        this.payloadBytes = payloadBytes;
        this.codec = codec;
    }

    @Override
    public String bind(Path directory) {
        // A queue with a name stays when its users leave.
        queue(directory, "back").maxBytes(RingSpscTransport.CAPACITY).create().close();
        queue(directory, "forth").maxBytes(RingSpscTransport.CAPACITY).create().close();
        bound = directory;
        return "";
    }

    @Override
    public Link accept() {
        return new QueueLink(queue(bound, "back").open(), queue(bound, "forth").open());
    }

    @Override
    public Link connect(Path directory, String address) {
        return new QueueLink(queue(directory, "forth").open(), queue(directory, "back").open());
    }

    private QueueBuilder<String, SharedQueue<String>> queue(Path directory, String name) {
        // Within the directory, for a domain must be closed to other users: its directory is made so.
        return SharedQueue.<String>builder().domain(directory.resolve("domain")).name(name).codec(codec);
    }

    private final class QueueLink implements Link {
        private final SharedQueue<String> outgoing;
        private final SharedQueue<String> incoming;
        private final TextPayload payload = new TextPayload(payloadBytes);

        QueueLink(SharedQueue<String> outgoing, SharedQueue<String> incoming) {
            this.outgoing = outgoing;
            this.incoming = incoming;
        }

        @Override
        public void send(long sequence) throws InterruptedException {
            outgoing.put(payload.text(sequence));
        }

        @Override
        public void receive(PayloadCheck check) throws InterruptedException {
            check.accept(incoming.get());
        }

        @Override
        public void close() {
            outgoing.close();
            incoming.close();
        }
    }
}
