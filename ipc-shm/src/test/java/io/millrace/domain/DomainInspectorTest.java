package io.millrace.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.domain.DomainInspector.Finding;
import io.millrace.domain.DomainInspector.ObjectStatus;
import io.millrace.domain.DomainInspector.Outlook;
import io.millrace.format.Segment;
import io.millrace.testing.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A look from outside finds everything and changes nothing. */
@Timeout(60)
class DomainInspectorTest {
    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private Path directory() {
        return parent.resolve("domain");
    }

    private SharedObject object(String name) throws IOException {
        return SharedObject.create(Domain.join(directory()), name, ObjectChild.KIND, Long.BYTES,
            (body, parts) -> body.putLongPlain(0, 42));
    }

    private ObjectStatus look(String name) throws IOException {
        try (DomainInspector inspector = DomainInspector.open(directory())) {
            return inspector.object(name);
        }
    }

    private List<Finding> findings() throws IOException {
        try (DomainInspector inspector = DomainInspector.open(directory())) {
            return inspector.findings();
        }
    }

    /** Every file with its contents and its time of change. */
    private Map<String, String> state() throws IOException {
        Map<String, String> state = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory())) {
            for (Path file : files.toList()) {
                FileTime changed = (FileTime) Files.getAttribute(file, "unix:ctime");
                state.put(file.getFileName().toString(), changed + " " + new String(Files.readAllBytes(file),
                    StandardCharsets.ISO_8859_1));
            }
        }
        return state;
    }

    @Test
    void objectIsToldWithItsUsersAndFiles() throws IOException {
        try (SharedObject object = object("one"); SharedObject again =
            SharedObject.open(Domain.join(directory()), "one", ObjectChild.KIND)) {
            ObjectStatus status = look("one");
            assertThat(status.kind()).isEqualTo(ObjectChild.KIND.name());
            assertThat(status.problem()).isNull();
            assertThat(status.named()).isTrue();
            assertThat(status.removed()).isFalse();
            assertThat(status.creator()).isEqualTo(again.owner().id());
            assertThat(status.users()).containsExactly(object.owner().id());
            assertThat(status.deadUsers()).isEmpty();
            assertThat(status.bytes()).isEqualTo(Files.size(object.path()));
            assertThat(findings()).isEmpty();
        }
        assertThat(look("one").users()).isEmpty();
    }

    @Test
    void theDeadAreNoUsersButAreTold() throws Exception {
        int id;
        try (ChildJvm child = ChildJvm.of(ObjectChild.class).start(directory(), false, "one")) {
            id = Integer.parseInt(child.awaitLine());
            child.awaitLine("stopped");
            assertThat(look("one").users()).containsExactly(id);
            assertThat(look("one").parts()).containsExactly(ObjectChild.PART);
            child.kill();
        }
        assertThat(look("one").users()).isEmpty();
        assertThat(look("one").deadUsers()).containsExactly(id);
    }

    @Test
    void nothingIsChanged() throws Exception {
        try (ChildJvm child = ChildJvm.of(ObjectChild.class).start(directory(), false)) {
            child.awaitLine();
            child.awaitLine("stopped");
            object("one").close();
            child.kill();
        }
        Map<String, String> before = state();
        try (DomainInspector inspector = DomainInspector.open(directory())) {
            assertThat(inspector.objects()).hasSize(2);
            assertThat(inspector.findings()).isNotEmpty();
            assertThat(inspector.dump("one")).contains("test-object", "lifetime");
            assertThat(inspector.<Long>read("one", (object, body, parts) -> body.getLongPlain(0))).isEqualTo(42);
        }
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void everySortOfLeftoverIsFound() throws Exception {
        int dead;
        try (ChildJvm child = ChildJvm.of(ObjectChild.class).start(directory(), false)) {
            dead = Integer.parseInt(child.awaitLine());
            child.awaitLine("stopped");
            object("gone").close();
            child.kill();
        }
        try (Segment segment = Segment.openAny(directory().resolve("gone"))) {
            new UserList(segment.body(), id -> false, Containers.UNKNOWN).remove();
        }
        Files.write(directory().resolve("damaged"), new byte[1000]);
        Files.write(directory().resolve("part~" + dead + "-9~extra"), new byte[10]);
        Files.write(directory().resolve(".half@" + dead + "." + UUID.randomUUID() + ".tmp"), new byte[10]);
        Files.write(directory().resolve(".whose." + UUID.randomUUID() + ".tmp"), new byte[10]);
        Files.write(directory().resolve("no object"), new byte[10]);
        LeaseNotes.write(directory().resolve("lease.0." + dead),
            new ProcessIdentity(1L << 40, 1, 1, 1, new UUID(1, 1)));

        assertThat(findings()).extracting(Finding::sort, Finding::outlook).containsExactlyInAnyOrder(
            tuple("orphan-object", Outlook.MENDABLE),
            tuple("removed-object", Outlook.MENDABLE),
            tuple("damaged-object", Outlook.DAMAGE),
            tuple("orphan-part", Outlook.MENDABLE),
            tuple("half-created", Outlook.MENDABLE),
            tuple("temporary-file", Outlook.REMARK),
            tuple("foreign-file", Outlook.REMARK),
            tuple("dead-note", Outlook.MENDABLE));
        Domain.join(directory()).close();
        assertThat(findings()).extracting(Finding::outlook).containsExactlyInAnyOrder(Outlook.DAMAGE, Outlook.REMARK,
            Outlook.REMARK);
    }

    @Test
    void oneDamagedObjectHidesNoOther() throws IOException {
        object("one").close();
        object("three").close();
        Files.copy(directory().resolve("one"), directory().resolve("two"));
        try (Segment segment = Segment.openAny(directory().resolve("two"))) {
            segment.body().putIntPlain(ObjectLayout.USER_LIST, 777_777);
        }
        Files.createFile(directory().resolve("zero"));
        try (DomainInspector inspector = DomainInspector.open(directory())) {
            assertThat(inspector.objects()).extracting(ObjectStatus::name)
                .containsExactly("one", "three", "two", "zero");
            assertThat(inspector.object("one").problem()).isNull();
            assertThat(inspector.object("two").problem()).contains("777777");
            assertThat(inspector.object("zero").problem()).contains("length");
        }
    }

    @Test
    void objectOfAnotherDomainIsTold() throws IOException {
        object("one").close();
        Path other = parent.resolve("other");
        Domain.join(other).close();
        Files.copy(directory().resolve("one"), other.resolve("one"));
        try (DomainInspector inspector = DomainInspector.open(other)) {
            assertThat(inspector.object("one").problem()).contains("domain");
        }
    }

    @Test
    void aDomainThatIsNotThereIsNotMade() throws IOException {
        assertThatThrownBy(() -> DomainInspector.open(directory())).isInstanceOf(NoSuchFileException.class)
            .hasMessageContaining("there is no domain");
        assertThat(directory()).doesNotExist();
        Files.createDirectory(directory(), PosixFilePermissions.asFileAttribute(
            PosixFilePermissions.fromString("rwx------")));
        assertThatThrownBy(() -> DomainInspector.open(directory())).isInstanceOf(NoSuchFileException.class);
        assertThat(directory()).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(LeaseKind.class)
    void aLookLosesNoLeaseOfItsOwnJvm(LeaseKind kind) throws Exception {
        Domain own = Joined.as(kind, directory());
        try (Peer peer = Peer.ready(directory(), LeaseKind.OFD)) {
            int id = peer.join();
            try (DomainInspector inspector = DomainInspector.open(directory())) {
                assertThat(inspector.isDead(own.ownerId())).isFalse();
                assertThat(inspector.isDead(id)).isFalse();
                assertThatThrownBy(() -> inspector.isDead(id + 1)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(peer.findsDead(own.ownerId())).isFalse();
            int ownId = own.ownerId();
            own.close();
            assertThat(peer.findsDead(ownId)).isTrue();
        } finally {
            own.close();
        }
    }

    @Test
    void nothingWorksAfterClose() throws IOException {
        Domain.join(directory()).close();
        DomainInspector inspector = DomainInspector.open(directory());
        inspector.close();
        inspector.close();
        assertThatThrownBy(inspector::objects).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("closed");
        assertThat(inspector.toString()).contains("closed");
    }
}
