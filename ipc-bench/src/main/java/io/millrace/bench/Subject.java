package io.millrace.bench;

import io.millrace.codec.Codecs;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/** What connects the two JVMs. */
enum Subject {
    RING_SPSC("ring-spsc", Set.of(WaitMode.SPIN, WaitMode.BLOCK), Scenario.OF_PAIRS) {
        @Override
        Transport transport(int payloadBytes, WaitMode wait) {
            return new RingSpscTransport(payloadBytes, wait);
        }
    },
    AGRONA_SPSC("agrona-spsc", Set.of(WaitMode.SPIN), Scenario.OF_PAIRS) {
        @Override
        Transport transport(int payloadBytes, WaitMode wait) {
            return new AgronaTransport(payloadBytes, OneToOneRingBuffer::new);
        }
    },
    RING_MPMC("ring-mpmc", Set.of(WaitMode.SPIN, WaitMode.BLOCK), Scenario.OF_PAIRS) {
        @Override
        Transport transport(int payloadBytes, WaitMode wait) {
            return new RingMpmcTransport(payloadBytes, wait);
        }

        @Override
        List<Ends> crowds() {
            return CROWDS;
        }
    },
    AGRONA_MPSC("agrona-mpsc", Set.of(WaitMode.SPIN), Scenario.OF_PAIRS) {
        @Override
        Transport transport(int payloadBytes, WaitMode wait) {
            return new AgronaTransport(payloadBytes, ManyToOneRingBuffer::new);
        }

        @Override
        List<Ends> crowds() {
            return List.of(new Ends(2, 1));
        }
    },
    QUEUE("queue", Set.of(WaitMode.SPIN, WaitMode.BLOCK), Scenario.OF_PAIRS) {
        @Override
        Transport transport(int payloadBytes, WaitMode wait) {
            return new QueueTransport(payloadBytes, wait, Codecs.utf8());
        }

        @Override
        boolean takesPartIn(Scenario scenario, WaitMode wait, int payloadBytes) {
            // Nobody spins for a stream of them; for the answer to one somebody may.
            return super.takesPartIn(scenario, wait, payloadBytes)
                && (scenario == Scenario.ROUND_TRIP || wait == WaitMode.BLOCK);
        }

        @Override
        List<Ends> crowds() {
            return CROWDS;
        }
    },
    QUEUE_SERIALIZED("queue-serialized", Set.of(WaitMode.BLOCK), Set.of(Scenario.THROUGHPUT)) {
        @Override
        Transport transport(int payloadBytes, WaitMode wait) {
            return new QueueTransport(payloadBytes, wait, Codecs.serializable());
        }
    },
    PIPE("pipe", Set.of(WaitMode.SPIN, WaitMode.BLOCK), Scenario.OF_PAIRS, Rows.LONG_PAYLOAD_BYTES) {
        @Override
        Transport transport(int payloadBytes, WaitMode wait) {
            return new ConnectionTransport(payloadBytes,
                connection -> new ConnectionLink.InPlace(connection, payloadBytes, wait));
        }
    },
    PIPE_SERIALIZED("pipe-serialized", Set.of(WaitMode.BLOCK), Scenario.OF_PAIRS, Rows.LONG_PAYLOAD_BYTES) {
        @Override
        Transport transport(int payloadBytes, WaitMode wait) {
            return new ConnectionTransport(payloadBytes,
                connection -> new ConnectionLink.OfObjects(connection, payloadBytes));
        }
    },
    UDS("uds", Set.of(WaitMode.BLOCK), Scenario.OF_PAIRS, Rows.LONG_PAYLOAD_BYTES) {
        @Override
        Transport transport(int payloadBytes, WaitMode wait) {
            return new SocketTransport(SocketTransport.Family.UNIX, payloadBytes, false);
        }
    },
    UDS_BATCHED("uds-batched", Set.of(WaitMode.BLOCK), Set.of(Scenario.THROUGHPUT)) {
        @Override
        Transport transport(int payloadBytes, WaitMode wait) {
            return new SocketTransport(SocketTransport.Family.UNIX, payloadBytes, true);
        }
    },
    TCP("tcp", Set.of(WaitMode.BLOCK), Scenario.OF_PAIRS) {
        @Override
        Transport transport(int payloadBytes, WaitMode wait) {
            return new SocketTransport(SocketTransport.Family.TCP, payloadBytes, false);
        }
    },
    OS_PIPE("os-pipe", Set.of(WaitMode.BLOCK), Scenario.OF_PAIRS) {
        @Override
        Transport transport(int payloadBytes, WaitMode wait) {
            return new PipeTransport(payloadBytes);
        }
    };

    private static final List<Ends> CROWDS = List.of(new Ends(2, 2), new Ends(1, 2), new Ends(2, 1));

    private final String title;
    private final Set<WaitMode> waits;
    private final Set<Scenario> scenarios;
    private final int payloadBytesMax;

    Subject(String title, Set<WaitMode> waits, Set<Scenario> scenarios) {
        this(title, waits, scenarios, Rows.COMMON_PAYLOAD_BYTES_MAX);
    }

    Subject(String title, Set<WaitMode> waits, Set<Scenario> scenarios, int payloadBytesMax) {
        this.title = title;
        this.waits = waits;
        this.scenarios = scenarios;
        this.payloadBytesMax = payloadBytesMax;
    }

    /** A way to connect that carries messages of one length. */
    abstract Transport transport(int payloadBytes, WaitMode wait);

    /** With how many ends it is measured besides one producer and one consumer. */
    List<Ends> crowds() {
        return List.of();
    }

    boolean takesPartIn(Scenario scenario, WaitMode wait, int payloadBytes) {
        return scenarios.contains(scenario) && waits.contains(wait) && payloadBytes <= payloadBytesMax;
    }

    static boolean isNamed(String title) {
        return Arrays.stream(values()).anyMatch(subject -> subject.title.equals(title));
    }

    static Subject named(String title) {
        return Arrays.stream(values()).filter(subject -> subject.title.equals(title)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no subject '" + title + "'"));
    }

    @Override
    public String toString() {
        return title;
    }
}
