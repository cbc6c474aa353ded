package io.millrace.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.format.CorruptSegmentException;
import io.millrace.format.Segment;
import io.millrace.format.SegmentFormatException;
import io.millrace.testing.Background;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a creator who dies leaves is mended by the next; what was there and is gone is never made again. */
@Timeout(60)
class DomainFilesTest {
    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private Path directory;
    private DomainFiles files;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createDirectory(parent.resolve("domain"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        files = new DomainFiles(directory);
    }

    private void assertWorks(int expectedId) throws Exception {
        try (Domain domain = Domain.join(directory); Peer peer = Peer.ready(directory, LeaseKind.OFD)) {
            assertThat(domain.ownerId()).isEqualTo(expectedId);
            int id = peer.join();
            assertThat(id).isEqualTo(expectedId + 1);
            assertThat(peer.ask("id")).isEqualTo(domain.id().toString());
            assertThat(domain.isDead(id)).isFalse();
            peer.kill();
            Joined.awaitDeath(domain, id);
        }
    }

    private void assertNobodyCanJoin() {
        assertThatThrownBy(() -> Domain.join(directory)).isInstanceOf(DomainVanishedException.class)
            .hasMessageContaining("end all programs that use the domain");
    }

    @Test
    void creatorDiedBeforeItMadeAnything() throws Exception {
        assertWorks(1);
    }

    @Test
    void creatorDiedWithALockFileThatHasNoName() throws Exception {
        files.createUnnamedLock();
        assertWorks(1);
    }

    @Test
    void creatorDiedWithATableThatHasNoName() throws Exception {
        files.createUnnamedLock();
        Files.write(directory.resolve(".table.6c5b9d2e.tmp"), new byte[100]);
        assertWorks(1);
    }

    @Test
    void creatorDiedWithATableAndALockFileThatHasNoName() throws Exception {
        files.createUnnamedLock();
        LockIdentity lock = LockIdentity.of(files.createUnnamedLock());
        files.createUnnamedLock();
        assertThat(DomainTable.tryCreate(files.table(), lock)).isTrue();
        assertWorks(1);
        assertThat(LockIdentity.of(files.lock())).isEqualTo(lock);
    }

    @Test
    void creatorDiedWithALockFileThatHasItsNameAndTheOtherOne() throws Exception {
        Path unnamed = files.createUnnamedLock();
        DomainTable.tryCreate(files.table(), LockIdentity.of(unnamed));
        Files.createLink(files.lock(), unnamed);
        assertWorks(1);
    }

    @Test
    void participantDiedBetweenItsLockAndItsId() throws Exception {
        Domain.join(directory).close();
        // Its lock is gone with it; all it may have left is the note of a lease by channel.
        LeaseNotes.write(files.note(new Seat(0, 2)), new ProcessIdentity(1L << 40, 1, 1, 1, new UUID(1, 1)));
        assertWorks(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "table"})
    void fileThatIsMissingIsNeverMadeAgain(String name) throws Exception {
        Domain.join(directory).close();
        Files.delete(directory.resolve(name));
        assertNobodyCanJoin();
        assertThat(directory.resolve(name)).doesNotExist();
    }

    @Test
    void directoryThatHasOtherFilesIsNotMadeADomain() throws Exception {
        Files.createFile(directory.resolve("queue"));
        assertNobodyCanJoin();
    }

    @Test
    void lockFileThatIsAnotherIsRefused() throws Exception {
        Domain domain = Domain.join(directory); // has it open, so that its numbers are not given to another file
        try (domain) {
            Files.delete(files.lock());
            Files.createFile(files.lock());
            assertNobodyCanJoin();
        }
    }

    @Test
    void lockFileThatIsNoFileIsRefused() throws Exception {
        Domain.join(directory).close();
        Files.move(files.lock(), directory.resolve("elsewhere"));
        Files.createSymbolicLink(files.lock(), directory.resolve("elsewhere"));
        assertNobodyCanJoin();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "table"})
    void nobodyLivingIsFoundDeadAndNobodyAtAllAfterAFileWasRemoved(String name) throws Exception {
        try (Domain domain = Domain.join(directory);
            Peer living = Peer.ready(directory, LeaseKind.OFD);
            Peer killed = Peer.ready(directory, LeaseKind.CHANNEL);
            Peer newcomer = Peer.ready(directory, LeaseKind.OFD)) {
            int livingId = living.join();
            int killedId = killed.join();
            Lease look = new OfdLease(files.lock());
            Files.delete(directory.resolve(name));
            assertThat(newcomer.ask("join")).isEqualTo("DomainVanishedException");
            Files.copy(directory.resolve(name.equals("lock") ? "table" : "lock"), directory.resolve(name));
            assertThat(newcomer.ask("join")).isIn("DomainVanishedException", "NotASegmentException",
                "FileSystemException");

            assertThat(domain.isDead(livingId)).isFalse();
            assertThat(living.findsDead(domain.ownerId())).isFalse();
            killed.kill();
            Background.awaitUntil(() -> !isHeld(look, killedId));
            look.close();
            assertThatThrownBy(() -> domain.isDead(killedId)).isInstanceOf(IOException.class);
            assertThat(domain.owner().isDead().test(killedId)).isFalse();
            assertThat(domain.isDead(livingId)).isFalse();
        }
    }

    private static boolean isHeld(Lease look, int id) {
        try {
            return look.isHeld(id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void tableWithAnImpossibleCounterIsRefused() throws Exception {
        Domain.join(directory).close();
        Joined.skipTo(directory, 0);
        assertThatThrownBy(() -> Domain.join(directory)).isInstanceOf(CorruptSegmentException.class)
            .hasMessageContaining("next id: actual 0");
    }

    @Test
    void counterThatIsDamagedLaterIsAnExceptionAndNoVerdict() throws Exception {
        try (Domain domain = Domain.join(directory)) {
            Joined.skipTo(directory, IdWord.NEXT_END + 1);
            assertThatThrownBy(() -> domain.isDead(7)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("damaged");
        }
    }

    @Test
    void tableOfAnotherKindOrLengthIsRefused() throws Exception {
        LockIdentity lock = LockIdentity.of(Files.createFile(files.lock()));
        Segment.create(files.table(), DomainTable.KIND, 8, body -> body.putLongPlain(0, lock.device())).close();
        assertThatThrownBy(() -> Domain.join(directory)).isInstanceOf(CorruptSegmentException.class);
        Files.delete(files.table());
        LeaseNotes.write(files.table(), ProcessIdentity.current());
        assertThatThrownBy(() -> Domain.join(directory)).isInstanceOf(SegmentFormatException.class);
    }

    @Test
    void damagedNoteMakesNobodyDead() throws Exception {
        Domain.join(directory).close();
        Files.write(files.note(new Seat(0, 1)), "not a segment, but longer than a header would be".getBytes());
        try (Domain domain = Joined.as(LeaseKind.CHANNEL, directory)) {
            assertThatThrownBy(() -> domain.isDead(1)).isInstanceOf(SegmentFormatException.class);
            assertThat(domain.owner().isDead().test(1)).isFalse();
        }
    }
}
