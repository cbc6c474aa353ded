package io.millrace.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.testing.ChildJvm;
import io.millrace.testing.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who lives keeps the lease whatever happens, and who is killed loses it, with both kinds of leases on either side. */
@Timeout(60)
class LeaseTest {
    @TempDir(factory = SharedDirectory.class)
    Path parent;

    static Stream<Arguments> kinds() {
        return Stream.of(LeaseKind.values()).flatMap(own -> Stream.of(LeaseKind.values())
            .map(others -> Arguments.of(own, others)));
    }

    private boolean isLocked(int id) throws IOException {
        OfdLease look = new OfdLease(new DomainFiles(directory()).lock());
        try {
            return look.isHeld(id);
        } finally {
            look.close();
        }
    }

    private Path directory() {
        return parent.resolve("domain");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whoIsKilledIsFoundDeadAndWhoLivesIsNot(LeaseKind own, LeaseKind others) throws Exception {
        try (Domain domain = Joined.as(own, directory());
            Peer first = Peer.ready(directory(), others);
            Peer second = Peer.ready(directory(), others)) {
            int firstId = first.join();
            int secondId = second.join();
            assertThat(domain.isDead(firstId)).isFalse();
            assertThat(second.findsDead(firstId)).isFalse();
            assertThat(second.findsDead(domain.ownerId())).isFalse();

            first.kill();
            Joined.awaitDeath(domain, firstId);
            assertThat(second.findsDead(firstId)).isTrue();
            assertThat(domain.isDead(firstId)).isTrue();
            assertThat(domain.isDead(secondId)).isFalse();
            assertThat(domain.owner().isDead().test(secondId)).isFalse();
        }
    }

    @Test
    void participantsOnTwoJdksKnowOfEachOther() throws Exception {
        Optional<Jdk> other = Jdk.other();
        assumeTrue(other.isPresent(), "no JDK in property " + Jdk.OTHER_JDK);
        try (Domain domain = Domain.join(directory());
            Peer peer = Peer.of(ChildJvm.of(DomainChild.class).on(other.get()).start(directory()))) {
            int id = peer.join();
            assertThat(peer.findsDead(domain.ownerId())).isFalse();
            assertThat(domain.isDead(id)).isFalse();
            peer.kill();
            Joined.awaitDeath(domain, id);
        }
    }

    @ParameterizedTest
    @EnumSource(LeaseKind.class)
    void whoIsStoppedIsAlive(LeaseKind kind) throws Exception {
        try (Domain domain = Joined.as(kind, directory()); Peer peer = Peer.ready(directory(), kind)) {
            int id = peer.join();
            peer.signal("STOP");
            peer.awaitStopped();
            assertThat(domain.isDead(id)).isFalse();
            peer.signal("CONT");
            assertThat(peer.findsDead(domain.ownerId())).isFalse();
            assertThat(domain.isDead(id)).isFalse();
            peer.kill();
            Joined.awaitDeath(domain, id);
        }
    }

    @ParameterizedTest
    @EnumSource(LeaseKind.class)
    void whoLeavesIsFoundDeadAtOnce(LeaseKind kind) throws Exception {
        try (Domain domain = Joined.as(kind, directory()); Peer peer = Peer.ready(directory(), kind)) {
            int id = peer.join();
            assertThat(peer.ask("close")).isEqualTo("closed");
            assertThat(domain.isDead(id)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(LeaseKind.class)
    void processThatOutlivesItsParentDoesNotKeepTheLease(LeaseKind kind) throws Exception {
        try (Domain domain = Joined.as(kind, directory()); Peer peer = Peer.ready(directory(), kind)) {
            int id = peer.join();
            ProcessHandle orphan = ProcessHandle.of(Long.parseLong(peer.ask("exec"))).orElseThrow();
            try {
                peer.kill();
                Joined.awaitDeath(domain, id);
                assertThat(orphan.isAlive()).isTrue();
            } finally {
                orphan.destroyForcibly();
                orphan.onExit().join();
            }
        }
    }

    static Stream<Arguments> traps() {
        return Stream.of(Trap.values()).flatMap(trap -> Stream.of(LeaseKind.values())
            .map(kind -> Arguments.of(trap, kind)));
    }

    @ParameterizedTest
    @MethodSource("traps")
    void noTrapCostsALivingProcessItsLifeOrKeepsADeadOneAlive(Trap trap, LeaseKind kind) throws Exception {
        try (Domain domain = Joined.as(LeaseKind.OFD, directory()); Peer peer = Peer.ready(directory(), kind)) {
            int id = peer.join();
            assertThat(peer.ask("trap " + trap)).isEqualTo("survived");
            assertThat(domain.isDead(id)).isFalse();
            assertThat(isLocked(id)).isEqualTo(kind == LeaseKind.OFD || !trap.losesLocksOfJava);
            peer.kill();
            Joined.awaitDeath(domain, id);
        }
    }
}
