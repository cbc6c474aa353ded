package io.millrace.bench;

import io.millrace.memory.Region;
import io.millrace.ring.Claim;
import io.millrace.ring.Owner;
import io.millrace.ring.RecordHandler;
import io.millrace.ring.SpscConsumer;
import io.millrace.ring.SpscProducer;
import io.millrace.ring.SpscRing;
import io.millrace.wait.Signal;
import io.millrace.wait.Timeouts;
import io.millrace.wait.Waiter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Subject {@code ring-spsc}: one ring each way, one message a publication, written and read in place. */
final class RingSpscTransport implements Transport {
    static final int CAPACITY = 1 << 20;

    private final int payloadBytes;
    private final WaitMode wait;
    private Link accepted;

    RingSpscTransport(int payloadBytes, WaitMode wait) {
        this.payloadBytes = payloadBytes;
        this.wait = wait;
    }

    @Override
    public String bind(Path directory) throws IOException {
        accepted = new RingLink(SpscRing.create(directory.resolve("back"), CAPACITY),
            SpscRing.create(directory.resolve("forth"), CAPACITY), 1);
        return "";
    }

    @Override
    public Link accept() {
        return accepted;
    }

    @Override
    public Link connect(Path directory, String address) throws IOException {
        return new RingLink(SpscRing.open(directory.resolve("forth")), SpscRing.open(directory.resolve("back")), 2);
    }

    private final class RingLink implements Link {
        private final SpscRing outgoing;
        private final SpscRing incoming;
        private final SpscProducer producer;
        private final SpscConsumer consumer;
        private final Signal dataSent;
        private final Signal spaceFreed;
        private final Waiter forSpace;
        private final Waiter forData;
        private final BooleanSupplier tryClaim = this::tryClaim;
        private final IntSupplier tryRead = this::tryRead;
        private final RecordHandler handler = this::check;
        private Claim claim;
        private PayloadCheck check;
        private int limit;

        RingLink(SpscRing outgoing, SpscRing incoming, int ownerId) {
            this.outgoing = outgoing;
            this.incoming = incoming;
            producer = outgoing.producer(Owner.of(ownerId));
            consumer = incoming.consumer(Owner.of(ownerId));
            dataSent = new Signal(outgoing.dataSignalWord());
            spaceFreed = new Signal(incoming.spaceSignalWord());
            forSpace = waiter(new Signal(outgoing.spaceSignalWord()));
            forData = waiter(new Signal(incoming.dataSignalWord()));
        }

        private Waiter waiter(Signal signal) {
            return wait == WaitMode.SPIN ? Waiter.spinning() : Waiter.blocking(signal);
        }

        @Override
        public void send(long sequence) throws InterruptedException {
            Claim space = producer.tryClaim(0, payloadBytes);
            if (space == null) {
                forSpace.await(tryClaim, Timeouts.FOREVER);
                space = claim;
            }
            Payload.fill(space.payload(), payloadBytes, sequence);
            space.commit();
            if (wait == WaitMode.BLOCK) {
                dataSent.raise();
            }
        }

        @Override
        public void receive(PayloadCheck to, int most) throws InterruptedException {
            check = to;
            limit = most;
            forData.await(tryRead, Timeouts.FOREVER);
            if (wait == WaitMode.BLOCK) {
                spaceFreed.raise();
            }
        }

        private boolean tryClaim() {
            claim = producer.tryClaim(0, payloadBytes);
            return claim != null;
        }

        private int tryRead() {
            return consumer.read(handler, limit);
        }

        private void check(int type, Region payload) {
            check.accept(payload);
        }

        @Override
        public void close() throws IOException {
            outgoing.close();
            incoming.close();
        }
    }
}
