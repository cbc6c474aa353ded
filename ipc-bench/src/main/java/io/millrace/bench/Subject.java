package io.millrace.bench;

import java.util.Arrays;
import java.util.Set;

/** What connects the two JVMs. */
enum Subject {
    RING_SPSC("ring-spsc", Set.of(WaitMode.SPIN, WaitMode.BLOCK), Set.of(Scenario.values())) {
        @Override
        Transport transport(int payloadBytes, WaitMode wait) {
            return new RingSpscTransport(payloadBytes, wait);
        }
    },
    AGRONA_SPSC("agrona-spsc", Set.of(WaitMode.SPIN), Set.of(Scenario.values())) {
        @Override
        Transport transport(int payloadBytes, WaitMode wait) {
            return new AgronaSpscTransport(payloadBytes);
        }
    },
    UDS("uds", Set.of(WaitMode.BLOCK), Set.of(Scenario.values())) {
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
    TCP("tcp", Set.of(WaitMode.BLOCK), Set.of(Scenario.values())) {
        @Override
        Transport transport(int payloadBytes, WaitMode wait) {
            return new SocketTransport(SocketTransport.Family.TCP, payloadBytes, false);
        }
    },
    OS_PIPE("os-pipe", Set.of(WaitMode.BLOCK), Set.of(Scenario.values())) {
        @Override
        Transport transport(int payloadBytes, WaitMode wait) {
            return new PipeTransport(payloadBytes);
        }
    };

    private final String title;
    private final Set<WaitMode> waits;
    private final Set<Scenario> scenarios;

    Subject(String title, Set<WaitMode> waits, Set<Scenario> scenarios) {
        this.title = title;
        this.waits = waits;
        this.scenarios = scenarios;
    }

    /** A way to connect that carries messages of one length. */
    abstract Transport transport(int payloadBytes, WaitMode wait);

    boolean takesPartIn(Scenario scenario, WaitMode wait) {
        return scenarios.contains(scenario) && waits.contains(wait);
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
