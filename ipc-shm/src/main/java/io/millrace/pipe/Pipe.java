package io.millrace.pipe;

import io.millrace.domain.Domain;
import io.millrace.wait.Timeouts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Two connected ends. What is sent at one is received at the other; the ends are passed to other processes, as
 * arguments of a {@link io.millrace.process.JvmProcess}.
 *
 * <pre>{@code
 * Pipe pipe = Pipe.duplex();
 * JvmProcess child = JvmProcess.start(Adder::serve, pipe.first());
 * pipe.first().close();
 * pipe.second().send(List.of(4, 5));
 * int sum = pipe.second().receive(Integer.class);
 * }</pre>
 *
 * <p>The two {@link Connection}s are handles like those that children get: each end is over with the last of its
 * handles.
 * Whoever passes an end on and does not use it himself closes his own, or nobody ever sees the end of the stream.
 */
public final class Pipe implements AutoCloseable {
    /** Bytes of the data area of a lane, unless told otherwise. */
    public static final int LANE_CAPACITY = 1 << 18;

    private final Connection first;
    private final Connection second;

    private Pipe(Connection first, Connection second) {
        this.first = first;
        this.second = second;
    }

    /** An anonymous pipe in the default domain, whose ends both send and receive. */
    public static Pipe duplex() {
        return new Builder(true).create();
    }

    /** An anonymous pipe in the default domain, whose first end only receives and whose second only sends. */
    public static Pipe simplex() {
        return new Builder(false).create();
    }

    /**
     * A pipe to be given options.
     *
     * @param duplex whether both ends send and receive; otherwise the first only receives and the second only sends
     */
    public static Builder builder(boolean duplex) {
        return new Builder(duplex);
    }

    /**
     * Waits for others to connect by that name, in the default domain.
     *
     * @throws UncheckedIOException if that is not possible: if somebody listens there, with
     *     {@link java.nio.file.FileAlreadyExistsException} as the cause
     */
    public static PipeListener listen(String name) {
        return listening(null, name, null);
    }

    /**
     * The same for those who have this key.
     *
     * @param key at least a byte, better 32 random ones; copied
     */
    public static PipeListener listen(String name, byte[] key) {
        return listening(null, name, AuthenticationKey.of(key));
    }

    /**
     * As {@link #listen(String)}, in the domain of that directory.
     *
     * @throws UncheckedIOException also if the domain is open to a group, where a key is needed, with
     *     {@link AuthenticationException} as the cause
     */
    public static PipeListener listen(Path directory, String name) {
        return listening(directory, name, null);
    }

    /** As {@link #listen(String, byte[])}, in the domain of that directory. */
    public static PipeListener listen(Path directory, String name, byte[] key) {
        return listening(directory, name, AuthenticationKey.of(key));
    }

    private static PipeListener listening(Path directory, String name, AuthenticationKey key) {
        try {
            return PipeListener.open(joined(directory), name, key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Connects to whoever listens by that name in the default domain; waits until it accepts.
     *
     * @throws java.nio.file.NoSuchFileException if nobody listens there, also if whoever did has died
     * @throws BrokenPipeException if the listener closes or dies before it accepts
     * @throws AuthenticationException if the listener has a key
     * @throws IOException if the domain or the pipe cannot be used
     */
    public static Connection connect(String name) throws IOException, InterruptedException {
        return Connector.connect(joined(null), name, null, LANE_CAPACITY, Timeouts.FOREVER);
    }

    /**
     * The same if both have this key, and have proven that to each other.
     *
     * @param key as the listener has it; copied
     * @throws AuthenticationException if the listener has another key, or none
     */
    public static Connection connect(String name, byte[] key) throws IOException, InterruptedException {
        return Connector.connect(joined(null), name, AuthenticationKey.of(key), LANE_CAPACITY, Timeouts.FOREVER);
    }

    /**
     * As {@link #connect(String)}, in the domain of that directory, and waits so long.
     *
     * @throws TimeoutException if it did not accept in time
     */
    public static Connection connect(Path directory, String name, Duration timeout) throws IOException,
        InterruptedException, TimeoutException {
        return builder(true).domain(directory).connect(name, timeout);
    }

    /**
     * As {@link #connect(String, byte[])}, in the domain of that directory, and waits so long.
     *
     * @throws TimeoutException if it did not accept in time
     */
    public static Connection connect(Path directory, String name, byte[] key, Duration timeout) throws IOException,
        InterruptedException, TimeoutException {
        return builder(true).domain(directory).connect(name, key, timeout);
    }

    private static Domain joined(Path directory) throws IOException {
        return directory == null ? Domain.join() : Domain.join(directory);
    }

    /** The first end. */
    public Connection first() {
        return first;
    }

    /** The second end. */
    public Connection second() {
        return second;
    }

    /** Closes both connections. */
    @Override
    public void close() {
        try {
            first.close();
        } finally {
            second.close();
        }
    }

    @Override
    public String toString() {
        return "Pipe[" + first + ", " + second + "]";
    }

    /** Options of a pipe. One thread at a time. */
    public static final class Builder {
        private static final int LANE_CAPACITY_MIN = 1 << 10;
        private static final int LANE_CAPACITY_MAX = 1 << 28;

        private final boolean duplex;
        private Path directory;
        private int laneCapacity = LANE_CAPACITY;

        private Builder(boolean duplex) {
            this.duplex = duplex;
        }

        /** The domain's directory; otherwise the default domain's. */
        public Builder domain(Path path) {
            directory = path;
            return this;
        }

        /**
         * How many bytes of messages each handle that sends may have on their way, rounded up to a power of two; a
         * message may be longer.
         *
         * @throws IllegalArgumentException unless it is 1 KiB to 256 MiB
         */
        public Builder laneCapacity(int bytes) {
            if (bytes < LANE_CAPACITY_MIN || bytes > LANE_CAPACITY_MAX) {
                throw new IllegalArgumentException("capacity of a lane: actual " + bytes + " bytes, expected "
                    + LANE_CAPACITY_MIN + " to " + LANE_CAPACITY_MAX);
            }
            laneCapacity = Integer.highestOneBit(2 * bytes - 1);
            return this;
        }

        /**
         * Makes the pipe.
         *
         * @throws UncheckedIOException if it cannot be made
         */
        public Pipe create() {
            try {
                Connection[] ends = PipeCore.create(joined(directory), duplex, laneCapacity).connections();
                return new Pipe(ends[0], ends[1]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /**
         * Connects to whoever listens by that name in the domain, by such a pipe; waits so long until it accepts.
         *
         * @throws TimeoutException if it did not accept in time
         * @throws IllegalStateException if the pipe is to be simplex
         * @throws IOException as {@link Pipe#connect(String)}
         */
        public Connection connect(String name, Duration timeout) throws IOException, InterruptedException,
            TimeoutException {
            return connect(name, (AuthenticationKey) null, timeout);
        }

        /**
         * The same, and both sides prove that they have the key, as with {@link Pipe#connect(String, byte[])}.
         *
         * @throws TimeoutException if it did not accept in time
         */
        public Connection connect(String name, byte[] key, Duration timeout) throws IOException, InterruptedException,
            TimeoutException {
            return connect(name, AuthenticationKey.of(key), timeout);
        }

        private Connection connect(String name, AuthenticationKey key, Duration timeout) throws IOException,
            InterruptedException, TimeoutException {
            if (!duplex) {
                throw new IllegalStateException("a pipe to a listener: actual simplex, expected duplex");
            }
            Connection connection =
                Connector.connect(joined(directory), name, key, laneCapacity, Timeouts.nanos(timeout));
            if (connection == null) {
                throw new TimeoutException("whoever listens at " + name + " did not accept within " + timeout);
            }
            return connection;
        }
    }
}
