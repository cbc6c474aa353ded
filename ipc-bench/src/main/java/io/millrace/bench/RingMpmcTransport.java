package io.millrace.bench;

import io.millrace.memory.Region;
import io.millrace.ring.MpmcClaim;
import io.millrace.ring.MpmcConsumer;
import io.millrace.ring.MpmcProducer;
import io.millrace.ring.MpmcRing;
import io.millrace.ring.Owner;
import io.millrace.ring.RecordHandler;
import io.millrace.wait.Signal;
import io.millrace.wait.Timeouts;
import io.millrace.wait.Waiter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Subject {@code ring-mpmc}: one ring each way, one message a claim, written and read in place; any number of links.
 */
final class RingMpmcTransport implements Transport {
    private final int payloadBytes;
    private final WaitMode wait;
    private Path bound;
    private int links;

    RingMpmcTransport(int payloadBytes, WaitMode wait) {
        this.payloadBytes = payloadBytes;
        this.wait = wait;
    }

    @Override
    public String bind(Path directory) throws IOException {
        MpmcRing.create(directory.resolve("back"), RingSpscTransport.CAPACITY).close();
        MpmcRing.create(directory.resolve("forth"), RingSpscTransport.CAPACITY).close();
        bound = directory;
        return "";
    }

    @Override
    public Link accept() throws IOException {
        // Odd on this side and even on the other, so that every link is an owner of its own.
        return new RingLink(MpmcRing.open(bound.resolve("back")), MpmcRing.open(bound.resolve("forth")),
            2 * links++ + 1);
    }

    @Override
    public Link connect(Path directory, String address) throws IOException {
        return new RingLink(MpmcRing.open(directory.resolve("forth")), MpmcRing.open(directory.resolve("back")),
            2 * links++ + 2);
    }

    private final class RingLink implements Link {
        private final MpmcRing outgoing;
        private final MpmcRing incoming;
        private final MpmcProducer producer;
        private final MpmcConsumer consumer;
        private final Signal dataSent;
        private final Signal spaceFreed;
        private final Waiter forSpace;
        private final Waiter forData;
        private final BooleanSupplier tryClaim = this::tryClaim;
        private final IntSupplier tryRead = this::tryRead;
        private final RecordHandler handler = this::check;
        private MpmcClaim claim;
        private PayloadCheck check;
        private int limit;

        RingLink(MpmcRing outgoing, MpmcRing incoming, int ownerId) {
            this.outgoing = outgoing;
            this.incoming = incoming;
            Owner owner = Owner.of(ownerId);
            producer = outgoing.producer(owner);
            consumer = incoming.consumer(owner);
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
            MpmcClaim space = producer.tryClaim(0, payloadBytes);
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
            producer.close();
            consumer.close();
            outgoing.close();
            incoming.close();
        }
    }
}
