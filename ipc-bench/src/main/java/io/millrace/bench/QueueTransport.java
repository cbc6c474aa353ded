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
    private final WaitMode wait;
    private final Codec<String> codec;
    private Path bound;

    QueueTransport(int payloadBytes, WaitMode wait, Codec<String> codec) {
        this.payloadBytes = payloadBytes;
        this.wait = wait;
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
            String text = payload.text(sequence);
            if (wait == WaitMode.BLOCK) {
                outgoing.put(text);
                return;
            }
            while (!outgoing.offer(text)) {
                spin();
            }
        }

        @Override
        public void receive(PayloadCheck check, int limit) throws InterruptedException {
            if (wait == WaitMode.BLOCK) {
                check.accept(incoming.get());
                return;
            }
            String text = incoming.poll();
            while (text == null) {
                spin();
                text = incoming.poll();
            }
            check.accept(text);
        }

        private static void spin() throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Thread.onSpinWait();
        }

        @Override
        public void close() {
            outgoing.close();
            incoming.close();
        }
    }
}
