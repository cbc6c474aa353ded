package io.millrace.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.ring.Owner;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handles of one JVM. */
class DomainTest {
    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private Path directory() {
        return parent.resolve("domain");
    }

    private Path directoryOfMode(String permissions) throws IOException {
        Path made = Files.createDirectory(directory());
        return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(permissions));
    }

    private static Stream<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    @Test
    void firstToJoinMakesADirectoryForItsUserAlone() throws IOException {
        try (Domain domain = Domain.join(directory())) {
            assertThat(Files.getPosixFilePermissions(directory()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
            assertThat(names(directory())).containsExactlyInAnyOrder("lock", "table");
            assertThat(Files.size(directory().resolve("lock"))).isZero();
            assertThat(domain.ownerId()).isEqualTo(1);
            assertThat(domain.directory()).isEqualTo(directory().toAbsolutePath());
        }
        assertThat(names(directory())).containsExactlyInAnyOrder("lock", "table");
    }

    @Test
    void allHandlesOfAJvmAreOneParticipant() throws IOException {
        Domain first = Domain.join(directory());
        try (Domain second = Domain.join(directory())) {
            assertThat(second.ownerId()).isEqualTo(first.ownerId());
            assertThat(second.id()).isEqualTo(first.id());
            first.close();
            first.close();
            assertThat(second.ownerId()).isEqualTo(1);
            assertThat(Joined.ids(directory()).next()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(LeaseKind.class)
    void whoComesBackHasAnotherIdAndTheOldOneIsDead(LeaseKind kind) throws IOException {
        Joined.as(kind, directory()).close();
        try (Domain again = Joined.as(kind, directory())) {
            assertThat(again.ownerId()).isEqualTo(2);
            assertThat(again.isDead(1)).isTrue();
            assertThat(again.isDead(2)).isFalse();
        }
        assertThat(names(directory())).containsExactlyInAnyOrder("lock", "table");
    }

    @Test
    void twoDirectoriesAreTwoDomains() throws IOException {
        try (Domain one = Domain.join(directory()); Domain other = Domain.join(parent.resolve("other"))) {
            assertThat(one.id()).isNotEqualTo(other.id());
            assertThat(one.ownerId()).isEqualTo(other.ownerId());
        }
    }

    @Test
    void ownerNamesTheParticipantAndTellsWhoIsDead() throws IOException {
        Domain.join(directory()).close();
        try (Domain domain = Domain.join(directory())) {
            Owner owner = domain.owner();
            assertThat(owner.id()).isEqualTo(domain.ownerId());
            assertThat(owner.isDead().test(1)).isTrue();
            assertThat(owner.isDead().test(2)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 2, 1 << 10, Domain.OWNER_ID_MAX, Integer.MAX_VALUE})
    void idThatWasNeverHandedOutIsRefused(int id) throws IOException {
        try (Domain domain = Domain.join(directory())) {
            assertThatThrownBy(() -> domain.isDead(id)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("actual " + id);
            assertThatThrownBy(() -> domain.owner().isDead().test(id)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void nothingWorksAfterClose() throws IOException {
        Domain domain = Domain.join(directory());
        Owner owner = domain.owner();
        domain.close();
        assertThat(domain.toString()).contains("closed", directory().toString());
        List<ThrowingCallable> calls = List.of(domain::directory, domain::id, domain::ownerId, domain::owner,
            () -> domain.isDead(1), () -> owner.isDead().test(1));
        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call)
            .isInstanceOf(IllegalStateException.class).hasMessageContaining("closed"));
    }

    @Test
    void nameSaysWhereAndWho() throws IOException {
        try (Domain domain = Domain.join(directory())) {
            assertThat(domain.toString()).contains(directory().toString(), "participant 1", "lease");
        }
    }

    @Test
    void nameOfTheDirectoryMayHaveAnyCharacters() throws IOException {
        Path odd = parent.resolve("a b%20c#d?e");
        try (Domain domain = Domain.join(odd)) {
            assertThat(domain.isDead(domain.ownerId())).isFalse();
            assertThat(odd.resolve("lock")).exists();
        }
    }

    @Test
    void interruptedThreadDoesNotJoinAndLeavesNothing() throws IOException {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Domain.join(directory())).isInstanceOf(ClosedByInterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(names(directory())).isEmpty();
        try (Domain domain = Domain.join(directory())) {
            assertThat(domain.ownerId()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(LeaseKind.class)
    void interruptedThreadGetsAVerdictAndKeepsItsInterrupt(LeaseKind kind) throws IOException {
        Joined.as(kind, directory()).close();
        try (Domain domain = Joined.as(kind, directory())) {
            Thread.currentThread().interrupt();
            assertThat(domain.isDead(1)).isTrue();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-x---", "rwxrwxrwx", "r-x------"})
    void directoryThatIsNotForItsUserAloneIsRefused(String permissions) throws IOException {
        Path made = directoryOfMode(permissions);
        assertThatThrownBy(() -> Domain.join(made)).isInstanceOf(UnsuitableDirectoryException.class)
            .hasMessageContaining("mode").hasMessageContaining("expected 0700");
        assertThat(names(made)).isEmpty();
    }

    @Test
    void linkAndFileAreRefused() throws IOException {
        directoryOfMode("rwx------");
        Path link = Files.createSymbolicLink(parent.resolve("link"), directory());
        assertThatThrownBy(() -> Domain.join(link)).isInstanceOf(UnsuitableDirectoryException.class)
            .hasMessageContaining("symbolic link");
        Path file = Files.createFile(parent.resolve("file"));
        assertThatThrownBy(() -> Domain.join(file)).isInstanceOf(UnsuitableDirectoryException.class)
            .hasMessageContaining("no directory");
    }

    @Test
    void parentOfTheDirectoryMustBeThere() {
        assertThatThrownBy(() -> Domain.join(directory().resolve("inner"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void defaultIsTheDirectoryThatThePropertyNames() throws IOException {
        System.setProperty(DomainDirectory.PROPERTY, directory().toString());
        try (Domain domain = Domain.join()) {
            assertThat(domain.directory()).isEqualTo(directory().toAbsolutePath());
        } finally {
            System.clearProperty(DomainDirectory.PROPERTY);
        }
    }

    @Test
    void propertyComesBeforeTheEnvironmentAndThatBeforeSharedMemory() throws IOException {
        assertThat(DomainDirectory.chosen("/one", "/two")).isEqualTo(Path.of("/one"));
        assertThat(DomainDirectory.chosen("", "/two")).isEqualTo(Path.of("/two"));
        assertThat(DomainDirectory.chosen(null, "")).isEqualTo(
            Path.of("/dev/shm/millrace-" + Files.getAttribute(Path.of("/proc/self"), "unix:uid")));
    }

    @Test
    void kindOfLeaseThatDoesNotExistIsRefused() {
        System.setProperty(LeaseKind.PROPERTY, "flock");
        try {
            assertThatThrownBy(() -> Domain.join(directory())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'flock'").hasMessageContaining("'ofd' or 'channel'");
        } finally {
            System.clearProperty(LeaseKind.PROPERTY);
        }
    }
}
