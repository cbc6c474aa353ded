package io.millrace.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Participants in several namespaces of pids, where all of them may be number 1. */
@Timeout(60)
class NamespaceTest {
    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private Path directory() {
        return parent.resolve("domain");
    }

    private static String[] command(boolean ownProc) throws Exception {
        return ownProc ? Unshare.pidsAndProc() : Unshare.pids();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leaseTellsWhoIsDeadAcrossNamespaces(boolean ownProc) throws Exception {
        try (Domain outside = Joined.as(LeaseKind.OFD, directory());
            Peer first = Peer.ready(directory(), LeaseKind.OFD, command(ownProc));
            Peer second = Peer.ready(directory(), LeaseKind.OFD, command(ownProc))) {
            int firstId = first.join();
            int secondId = second.join();
            assertThat(firstId).isNotEqualTo(secondId);
            assertThat(first.ask("id")).isEqualTo(outside.id().toString());
            assertThat(first.findsDead(secondId)).isFalse();
            assertThat(first.findsDead(outside.ownerId())).isFalse();
            assertThat(outside.isDead(firstId)).isFalse();

            first.kill();
            Joined.awaitDeath(outside, firstId);
            assertThat(second.findsDead(firstId)).isTrue();
            assertThat(outside.isDead(secondId)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoHasLostALeaseByChannelInAnotherNamespaceIsAlive(boolean ownProc) throws Exception {
        try (Domain outside = Joined.as(LeaseKind.OFD, directory());
            Peer inside = Peer.ready(directory(), LeaseKind.CHANNEL, command(ownProc));
            Peer other = Peer.ready(directory(), LeaseKind.CHANNEL, command(ownProc))) {
            int id = inside.join();
            assertThat(inside.ask("trap " + Trap.SECOND_CHANNEL)).isEqualTo("survived");
            other.join();
            assertThat(other.findsDead(id)).isFalse();
            assertThat(outside.isDead(id)).isFalse();
        }
    }

    @Test
    void whoLeavesInAnotherNamespaceIsDeadWhateverItsLease() throws Exception {
        try (Domain outside = Joined.as(LeaseKind.OFD, directory());
            Peer inside = Peer.ready(directory(), LeaseKind.CHANNEL, command(true))) {
            int id = inside.join();
            assertThat(outside.isDead(id)).isFalse();
            assertThat(inside.ask("close")).isEqualTo("closed");
            assertThat(outside.isDead(id)).isTrue();
        }
    }
}
