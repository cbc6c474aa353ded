package io.millrace.pipe;

import io.millrace.domain.Domain;
import io.millrace.domain.WrongDomainException;
import io.millrace.format.SegmentFormatException;
import io.millrace.pipe.AuthenticationKey.Session;
import io.millrace.wait.Deadline;
import io.millrace.wait.Signal;
import io.millrace.wait.Waiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How a listener accepts: takes offers, and has those who offer prove that they have the key. All that are under way
 * go on side by side, so nobody waits for one that does not answer. Any thread, and whichever of several comes first
 * goes on with any of them.
 */
final class Acceptor {
    /** So many are challenged at a time; further offers wait. */
    static final int PENDING_MAX = 64;

    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Domain domain;
    private final PipeCore core;
    private final Connection offers;
    private final AuthenticationKey key;
    private final long answerNanos;
    private final List<Handshake> pending = new ArrayList<>();

    /** Without a key it is null. */
    Acceptor(Domain domain, PipeCore core, Connection offers, AuthenticationKey key) {
        this(domain, core, offers, key, ANSWER_NANOS);
    }

    /** One that waits so long for an answer to a challenge. */
    Acceptor(Domain domain, PipeCore core, Connection offers, AuthenticationKey key, long answerNanos) {
        this.domain = domain;
        this.core = core;
        this.offers = offers;
        this.key = key;
        this.answerNanos = answerNanos;
        offers.receiver().limitLength(Offer.LENGTH_MAX);
    }

    /** A connection; null if there was none in time. */
    Connection accept(long timeoutNanos) throws InterruptedException, AuthenticationException {
        long deadline = Deadline.in(timeoutNanos);
        while (true) {
            Look look = new Look();
            boolean changed = newWaiter().await(look, offers::lookForTheDead, Deadline.remaining(deadline));
            if (look.failure != null) {
                throw look.failure;
            }
            if (look.accepted != null || !changed) {
                return look.accepted;
            }
        }
    }

    private Waiter newWaiter() {
        List<Signal> signals = new ArrayList<>();
        synchronized (pending) {
            pending.forEach(one -> signals.add(one.signal()));
        }
        if (signals.isEmpty()) {
            return offers.receiver().newWaiter();
        }
        signals.add(offers.readySignal());
        return Waiter.blocking(signals);
    }

    /** One look at all there is; whether anything has changed. What others change shows at the end of a slice. */
    private final class Look implements BooleanSupplier {
        private Connection accepted;
        private AuthenticationException failure;

        @Override
        public boolean getAsBoolean() {
            synchronized (pending) {
                offers.checkOpen();
                boolean interrupted = Thread.interrupted(); // what is possible at once is done all the same
                try {
                    return goOn() || takeOffer();
                } catch (AuthenticationException e) {
                    failure = e;
                    return true;
                } catch (InterruptedException e) {
                    throw new AssertionError("nothing is waited for", e);
                } finally {
                    if (interrupted) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        }

        private boolean goOn() throws InterruptedException, AuthenticationException {
            for (Iterator<Handshake> each = pending.iterator(); each.hasNext();) {
                Handshake one = each.next();
                Handshake.State state = Handshake.State.OVER;
                try {
                    state = one.tryGoOn(name());
                } catch (BrokenPipeException | RuntimeException e) {
                    state = Handshake.State.OVER; // the pipe is the connector's: it is gone, or has damaged that
                } finally {
                    if (state == Handshake.State.OVER) {
                        each.remove();
                        tryClose(one.connection());
                    }
                }
                if (state == Handshake.State.CONNECTED) {
                    each.remove();
                    accepted = connected(one.connection());
                }
                if (state != Handshake.State.WAITING) {
                    return true;
                }
            }
            return false;
        }

        private boolean takeOffer() throws InterruptedException, AuthenticationException {
            if (pending.size() == PENDING_MAX) {
                return false;
            }
            byte[] message = nextOffer();
            if (message == null) {
                return false;
            }
            Offer offer = Offer.of(message);
            Connection connection = offer == null ? null : adopted(offer);
            if (connection != null) {
                boolean kept = false;
                try {
                    kept = answer(offer, connection);
                } catch (BrokenPipeException | RuntimeException e) {
                    kept = false; // as above
                } finally {
                    if (!kept) {
                        tryClose(connection);
                    }
                }
            }
            return true;
        }

        /** Whether the connection is to be kept. */
        private boolean answer(Offer offer, Connection connection) throws BrokenPipeException, InterruptedException,
            AuthenticationException {
            if (connection.isOtherEndOver()) {
                return false;
            }
            Refusal refusal = offer.hasKey() == (key != null) ? null
                : key == null ? Refusal.KEY_UNKNOWN : Refusal.KEY_NEEDED;
            if (refusal != null) {
                Handshake.refuse(connection, refusal);
                throw refusal.atListener(name());
            }
            if (key != null) {
                pending.add(Handshake.begin(connection, key, new Session(core.object().creationId(),
                    offer.copy().pipeId(), offer.nonce(), AuthenticationKey.newNonce()), answerNanos));
                return true;
            }
            if (Greeting.send(connection, Greeting.WELCOME, Greeting.NOTHING, 0)) {
                accepted = connected(connection);
            }
            return accepted != null;
        }
    }

    private byte[] nextOffer() {
        try {
            Reception.OfBytes offer = new Reception.OfBytes(offers.receiver());
            return offer.getAsInt() > 0 ? offer.result() : null;
        } catch (EndOfStreamException e) {
            throw new AssertionError("the listener holds the other end as well", e);
        } catch (CorruptMessageException e) {
            return null; // too long for an offer
        }
    }

    /** A handle on the pipe that was offered; null if that is gone, damaged, or none. */
    private Connection adopted(Offer offer) {
        Domain joined;
        try {
            joined = Domain.join(domain.directory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            Connection connection = PipeCore.adopt(joined, offer.copy());
            if (connection != null) {
                connection.receiver().limitLength(Greeting.LENGTH_MAX);
            }
            return connection;
        } catch (NoSuchFileException | AccessDeniedException | SegmentFormatException | WrongDomainException
            | RuntimeException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes a connector's pipe, whatever that has done to it. */
    private static void tryClose(Connection connection) {
        try {
            connection.close();
        } catch (RuntimeException e) {
            return; // its memory is damaged
        }
    }

    private static Connection connected(Connection connection) {
        connection.receiver().limitLength(Integer.MAX_VALUE);
        return connection;
    }

    private String name() {
        return core.object().toString();
    }

    /** Ends what is under way. To be called when the offers are closed: then nothing begins any more. */
    void close() {
        synchronized (pending) {
            pending.forEach(one -> tryClose(one.connection()));
            pending.clear();
        }
    }
}
