package io.millrace.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several JVMs join at one instant, again and again, and some are killed while they do. */
@Timeout(60)
class JoinTogetherTest {
    private static final int JVMS = 4;
    private static final int TIMES = 50;

    private final long seed = System.nanoTime();

    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private static List<Integer> ids(String answer) {
        return Stream.of(answer.split(" ")).map(Integer::valueOf).toList();
    }

    @RepeatedTest(2)
    void nobodyGetsAnIdThatAnotherHasOrHad() throws Exception {
        Random random = new Random(seed);
        Path directory = parent.resolve("domain");
        List<Peer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < JVMS; i++) {
                peers.add(Peer.ready(directory, LeaseKind.values()[i % LeaseKind.values().length]));
            }
            peers.forEach(peer -> peer.tell("churn " + TIMES)); // also the making of the domain
            Peer victim = peers.get(random.nextInt(JVMS));
            victim.signal("STOP"); // wherever it just is
            List<Integer> all = new ArrayList<>();
            for (Peer peer : peers) {
                if (peer != victim) {
                    all.addAll(ids(peer.answer()));
                }
            }
            assertThat(all).as("ids, seed " + seed).hasSize((JVMS - 1) * TIMES).doesNotHaveDuplicates();
            victim.kill();
            try (Domain domain = Domain.join(directory)) {
                assertThat(all).as("ids, seed " + seed).doesNotContain(domain.ownerId());
                for (int id = 1; id < domain.ownerId(); id++) {
                    Joined.awaitDeath(domain, id);
                }
            }
        } finally {
            peers.forEach(Peer::close);
        }
    }
}
