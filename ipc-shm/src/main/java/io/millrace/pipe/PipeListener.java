package io.millrace.pipe;

import io.millrace.domain.Domain;
import io.millrace.wait.Deadline;
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
 * <p><b>Close:</b> frees the name, and ends the waits of those that were not accepted. Connections stay.
 */
public final class PipeListener implements AutoCloseable {
    /** What a connection begins with, so that the connector knows that it was accepted. */
    static final byte[] WELCOME = {};

    private final Domain domain;
    private final PipeCore core;
    private final Connection offers;
    /** So that there is always somebody who could send an offer. */
    private final Connection mine;

    private PipeListener(Domain domain, PipeCore core, Connection offers, Connection mine) {
        this.domain = domain;
        this.core = core;
        this.offers = offers;
        this.mine = mine;
    }

    static PipeListener open(Domain domain, String name) throws IOException {
        boolean done = false;
        try {
            PipeCore core = create(domain, name);
            Connection[] ends = core.connections();
            done = true;
            return new PipeListener(domain, core, ends[0], ends[1]);
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

    /** Accepts a connection; waits until there is one. */
    public Connection accept() throws InterruptedException {
        while (true) {
            try {
                Connection connection = accepted(offers.receive(Copy.class));
                if (connection != null) {
                    return connection;
                }
            } catch (EndOfStreamException e) {
                throw new AssertionError("this handle holds the other end as well", e);
            }
        }
    }

    /**
     * Accepts a connection; waits so long for one.
     *
     * @throws TimeoutException if there was none
     */
    public Connection accept(Duration timeout) throws InterruptedException, TimeoutException {
        long deadline = Deadline.in(io.millrace.wait.Timeouts.nanos(timeout));
        while (true) {
            try {
                Duration remaining = Duration.ofNanos(Deadline.remaining(deadline));
                Connection connection = accepted((Copy) offers.receive(remaining));
                if (connection != null) {
                    return connection;
                }
            } catch (EndOfStreamException e) {
                throw new AssertionError("this handle holds the other end as well", e);
            }
        }
    }

    /** The connection that was offered; null if whoever offered it is gone. */
    private Connection accepted(Copy offer) throws InterruptedException {
        try {
            Connection connection = PipeCore.adopt(Domain.join(domain.directory()), offer);
            boolean welcome = false;
            try {
                if (connection != null && !connection.isOtherEndOver()) {
                    connection.sendBytes(WELCOME);
                    welcome = true;
                }
            } finally {
                if (connection != null && !welcome) {
                    connection.close();
                }
            }
            return welcome ? connection : null;
        } catch (NoSuchFileException | BrokenPipeException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
            mine.close();
            domain.close();
        }
    }

    @Override
    public String toString() {
        return "PipeListener[" + core.object() + (offers.isClosed() ? ", closed]" : "]");
    }
}
