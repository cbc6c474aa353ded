package io.millrace.pipe;

import io.millrace.domain.Domain;
import io.millrace.wait.Timeouts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Accepts connections of other programs that know its name: {@link Pipe#listen} and {@link Pipe#connect}.
 *
 * <p><b>Who may call it:</b> any threads of the process that listens.
 *
 * <p><b>Death:</b> who waits for a listener that dies gets {@link BrokenPipeException}; its name is free for the next
 * listener. One who dies before it was accepted is passed over.
 *
 * <p><b>Keys:</b> with a key, both sides prove to each other that they have it before either has the connection; the
 * key itself is not sent. Nobody waits for one who does not answer: those who connect are challenged side by side, and
 * one that has not answered within ten seconds is refused. A proof tells programs apart; it does not keep those who can
 * write the domain's files, its user or the group that it is open to, from reading or changing what is sent.
 *
 * <p><b>Close:</b> frees the name, and ends the waits of those that were not accepted. Connections stay.
 */
public final class PipeListener implements AutoCloseable {
    private final Domain domain;
    private final PipeCore core;
    private final Connection offers;
    /** So that there is always somebody who could send an offer. */
    private final Connection mine;
    private final Acceptor acceptor;

    private PipeListener(Domain domain, PipeCore core, Connection[] ends, AuthenticationKey key) {
        this.domain = domain;
        this.core = core;
        this.offers = ends[0];
        this.mine = ends[1];
        this.acceptor = new Acceptor(domain, core, offers, key);
    }

    /** Takes the domain over. Without a key it is null. */
    static PipeListener open(Domain domain, String name, AuthenticationKey key) throws IOException {
        boolean done = false;
        try {
            if (key == null && domain.isOpenToGroup()) {
                throw new AuthenticationException(name + ": the domain " + domain.directory() + " is open to a group,"
                    + " so a listener there needs a key: give Pipe.listen one, and Pipe.connect the same");
            }
            PipeCore core = create(domain, name);
            PipeListener listener = new PipeListener(domain, core, core.connections(), key);
            done = true;
            return listener;
        } finally {
            if (!done) {
                domain.close();
            }
        }
    }

    private static PipeCore create(Domain domain, String name) throws IOException {
        while (true) {
            try {
                return PipeCore.createListener(Domain.join(domain.directory()), name);
            } catch (FileAlreadyExistsException e) {
                if (!removeOfTheDead(domain, name)) {
                    throw e;
                }
            }
        }
    }

    /** Takes the name away from a listener that has died; false if it lives, or something else has the name. */
    private static boolean removeOfTheDead(Domain domain, String name) throws IOException {
        try {
            PipeCore before = PipeCore.openListener(Domain.join(domain.directory()), name);
            try {
                if (!before.end(0).tryRemoveUnused()) {
                    return false;
                }
                before.object().remove();
                return true;
            } finally {
                before.object().close();
            }
        } catch (NoSuchFileException e) {
            return true;
        } catch (io.millrace.format.SegmentFormatException e) {
            return false;
        }
    }

    /**
     * Accepts a connection; waits until there is one.
     *
     * @throws AuthenticationException if somebody wanted to connect who has another key, or none where this listener
     *     has one, or the other way round. He was refused, and the listener goes on: accept again
     */
    public Connection accept() throws AuthenticationException, InterruptedException {
        return acceptor.accept(Timeouts.FOREVER);
    }

    /**
     * Accepts a connection; waits so long for one. Who was challenged in that time and has not answered yet, is
     * accepted by a later call.
     *
     * @throws TimeoutException if there was none
     * @throws AuthenticationException as {@link #accept()}
     */
    public Connection accept(Duration timeout) throws AuthenticationException, InterruptedException,
        TimeoutException {
        Connection accepted = acceptor.accept(Timeouts.nanos(timeout));
        if (accepted == null) {
            throw new TimeoutException("nobody has connected to " + name() + " within " + timeout);
        }
        return accepted;
    }

    /** The name that others connect to. */
    public String name() {
        return core.object().name();
    }

    /** Frees the name. Idempotent. */
    @Override
    public void close() {
        if (offers.isClosed()) {
            return;
        }
        try {
            core.object().remove();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            offers.close();
            acceptor.close();
            mine.close();
            domain.close();
        }
    }

    @Override
    public String toString() {
        return "PipeListener[" + core.object() + (offers.isClosed() ? ", closed]" : "]");
    }
}
