package io.millrace.pipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Two connected ends. What is sent at one is received at the other; the ends are passed to other processes, as arguments
 * of a {@link io.millrace.process.JvmProcess}.
 *
 * <pre>{@code
 * Pipe pipe = Pipe.duplex();
 * JvmProcess child = JvmProcess.start(Adder::serve, pipe.first());
 * pipe.first().close();
 * pipe.second().send(List.of(4, 5));
 * int sum = pipe.second().receive(Integer.class);
 * }</pre>
 *
 * <p>The two {@link Connection}s are handles like those that children get: each end is over with the last of its handles.
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
                PipeCore core = PipeCore.create(directory, duplex, laneCapacity);
                Connection first = core.newConnection(0);
                boolean done = false;
                try {
                    Pipe pipe = new Pipe(first, core.again().newConnection(1));
                    done = true;
                    return pipe;
                } finally {
                    if (!done) {
                        first.close();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
