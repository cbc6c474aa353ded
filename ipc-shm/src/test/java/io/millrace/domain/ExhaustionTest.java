package io.millrace.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The last ids, and who may begin anew. */
@Timeout(60)
class ExhaustionTest {
    private static final int WORTH_RESET = IdWord.NEXT_END / 2 + 1;

    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private Path directory() {
        return parent.resolve("domain");
    }

    private void makeDomain(int next) throws IOException {
        Domain.join(directory()).close();
        Joined.skipTo(directory(), next);
    }

    private int idOfALoneJoiner(LeaseKind kind) throws IOException {
        try (Domain domain = Joined.as(kind, directory())) {
            return domain.ownerId();
        }
    }

    @ParameterizedTest
    @EnumSource(LeaseKind.class)
    void lastThreeIdsAreHandedOutAndTheFourthIsRefused(LeaseKind kind) throws Exception {
        try (Domain first = Domain.join(directory());
            Peer second = Peer.ready(directory(), kind);
            Peer third = Peer.ready(directory(), kind);
            Peer fourth = Peer.ready(directory(), kind);
            Peer fifth = Peer.ready(directory(), kind)) {
            Joined.skipTo(directory(), (1 << 26) - 3);
            assertThat(second.join()).isEqualTo((1 << 26) - 3);
            assertThat(third.join()).isEqualTo((1 << 26) - 2);
            assertThat(fourth.join()).isEqualTo(Domain.OWNER_ID_MAX);
            assertThat(fifth.ask("join")).isEqualTo("DomainExhaustedException");
            assertThat(first.isDead(Domain.OWNER_ID_MAX)).isFalse();
            fourth.kill();
            Joined.awaitDeath(first, Domain.OWNER_ID_MAX);
            assertThat(fifth.ask("join")).isEqualTo("DomainExhaustedException");
        }
        assertThat(idOfALoneJoiner(LeaseKind.OFD)).isEqualTo(1);
        assertThat(Joined.ids(directory())).isEqualTo(new IdWord(1, 2));
    }

    @Test
    void loneJoinerBeginsAnewOnceHalfOfTheIdsAreUsed() throws IOException {
        makeDomain(WORTH_RESET - 1);
        assertThat(idOfALoneJoiner(LeaseKind.OFD)).isEqualTo(WORTH_RESET - 1);
        assertThat(idOfALoneJoiner(LeaseKind.OFD)).isEqualTo(1);
        assertThat(idOfALoneJoiner(LeaseKind.OFD)).isEqualTo(2);
    }

    @Test
    void joinerWithALeaseByChannelCannotKnowThatItIsAlone() throws IOException {
        makeDomain(IdWord.NEXT_END - 1);
        assertThat(idOfALoneJoiner(LeaseKind.CHANNEL)).isEqualTo(Domain.OWNER_ID_MAX);
        assertThatThrownBy(() -> Joined.as(LeaseKind.CHANNEL, directory()))
            .isInstanceOf(DomainExhaustedException.class);
        assertThat(idOfALoneJoiner(LeaseKind.OFD)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(LeaseKind.class)
    void nobodyBeginsAnewWhileSomebodyIsThere(LeaseKind kind) throws Exception {
        makeDomain(5);
        try (Peer other = Peer.ready(directory(), kind)) {
            assertThat(other.join()).isEqualTo(5);
            Joined.skipTo(directory(), WORTH_RESET);
            assertThat(other.ask("trap " + Trap.READER)).isEqualTo("survived"); // by now its lock may be lost
            assertThat(idOfALoneJoiner(LeaseKind.OFD)).isEqualTo(WORTH_RESET);
        }
        assertThat(idOfALoneJoiner(LeaseKind.OFD)).isEqualTo(1);
    }

    @Test
    void nobodyBeginsAnewWhileAFileMayNameAnOldId() throws IOException {
        makeDomain(IdWord.NEXT_END);
        Path queue = Files.createFile(directory().resolve("queue"));
        assertThatThrownBy(() -> Domain.join(directory())).isInstanceOf(DomainExhaustedException.class)
            .hasMessageContaining("all " + Domain.OWNER_ID_MAX);
        Files.delete(queue);
        assertThat(idOfALoneJoiner(LeaseKind.OFD)).isEqualTo(1);
    }

    @Test
    void noteOfAProcessThatIsGoneKeepsNobodyFromBeginningAnew() throws IOException {
        makeDomain(IdWord.NEXT_END);
        ProcessIdentity here = ProcessIdentity.current();
        LeaseNotes.write(new DomainFiles(directory()).note(new Seat(0, 3)),
            new ProcessIdentity(here.pid(), here.startTicks(), here.pidNamespace(), here.timeNamespace(),
                new UUID(0, 0)));
        assertThat(idOfALoneJoiner(LeaseKind.OFD)).isEqualTo(1);
    }
}
