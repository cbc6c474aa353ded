package io.millrace.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.format.CorruptSegmentException;
import io.millrace.format.Segment;
import io.millrace.testing.Background;
import io.millrace.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Objects of a domain: their names, users and files, and what is left of them when somebody dies. */
@Timeout(60)
class SharedObjectTest {
    private static final String NAME = SharedObjectChild.NAME;

    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private Path directory;

    @BeforeEach
    void makeTheDomain() throws IOException {
        directory = parent.resolve("domain");
        Domain.join(directory).close();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                .filter(name -> !name.equals("lock") && !name.equals("table") && !name.startsWith("lease.")).sorted()
                .toList();
        }
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(files()).isEmpty();
    }

    private SharedObject create(String name) throws IOException {
        return SharedObjectChild.create(directory, name);
    }

    private SharedObject open(String name) throws IOException {
        return SharedObject.open(Domain.join(directory), name, SharedObjectChild.KIND);
    }

    private ChildJvm child(String point) throws Exception {
        ChildJvm child = ChildJvm.of(SharedObjectChild.class).start(point, directory);
        if (!point.equals("using")) {
            child.awaitLine(point);
        }
        return child;
    }

    @Test
    void anonymousObjectVanishesWithItsLastHandle() throws IOException {
        SharedObject first = create(null);
        SharedObject second = open(first.name());
        assertThat(files()).hasSize(2);
        assertThat(first.users()).containsExactly(first.owner().id());
        first.close();
        first.close();
        assertThat(files()).hasSize(2);
        second.checkNotRemoved();
        second.close();
        assertThat(files()).isEmpty();
        assertThatThrownBy(() -> open(first.name())).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void namedObjectStaysUntilItIsRemoved() throws IOException {
        create(NAME).close();
        try (SharedObject object = open(NAME); SharedObject other = open(NAME)) {
            assertThat(object.name()).isEqualTo(NAME);
            assertThat(object.kind()).isEqualTo("test-object");
            object.remove();
            assertThat(files()).isEmpty();
            assertThatThrownBy(other::checkNotRemoved).isInstanceOf(ObjectRemovedException.class)
                .hasMessageContaining(NAME);
            object.remove();
            other.remove();
        }
    }

    @Test
    void partThatIsMadeBehindTheRemovalGoesWithTheHandle() throws IOException {
        SharedObject late = create(NAME);
        try (SharedObject remover = open(NAME)) {
            remover.remove();
        }
        try (SharedObject next = create(NAME)) {
            Files.createFile(late.parts().file("late"));
            late.close();
            assertThat(files()).hasSize(2);
            next.remove();
        }
    }

    @Test
    void initialiserThatThrowsLeavesNothing() throws IOException {
        assertThatThrownBy(() -> createBy((body, parts) -> {
            Files.createFile(parts.file("part"));
            throw new IOException("no");
        })).isInstanceOf(IOException.class).hasMessage("no");
        assertThatThrownBy(() -> createBy((body, parts) -> {
            Files.createFile(parts.file("part"));
            throw new IllegalArgumentException("neither");
        })).isInstanceOf(IllegalArgumentException.class).hasMessage("neither");
    }

    private SharedObject createBy(SharedObject.Initialiser initialiser) throws IOException {
        return SharedObject.create(Domain.join(directory), NAME, SharedObjectChild.KIND, Long.BYTES, initialiser);
    }

    @Test
    void userThatCannotBeIsDamage() throws IOException {
        try (SharedObject object = create(NAME)) {
            try (Segment segment = Segment.open(object.path(), SharedObjectChild.KIND)) {
                segment.body().putIntPlain(ObjectLayout.USER_LIST + UserList.ENTRY_LENGTH, 1_000_000);
            }
            assertThatThrownBy(() -> open(NAME)).isInstanceOf(CorruptSegmentException.class)
                .hasMessageContaining("actual 1000000");
            object.remove();
        }
    }

    @Test
    void asManyHandlesAsTheListHasRoomFor() throws IOException {
        List<SharedObject> handles = new ArrayList<>();
        handles.add(create(NAME));
        while (handles.size() < ObjectLayout.USERS) {
            handles.add(open(NAME));
        }
        assertThatThrownBy(() -> open(NAME)).isInstanceOf(IllegalStateException.class).hasMessageContaining("1024");
        handles.remove(5).close();
        handles.add(open(NAME));
        handles.get(0).remove();
        handles.forEach(SharedObject::close);
    }

    @Test
    void twoProcessesMakeAndRemoveOneNameAndNothingIsLeft() throws Exception {
        int times = 300;
        try (ChildJvm child = ChildJvm.of(SharedObjectChild.class).start("churn", directory, times)) {
            Background<String> other = Background.start(() -> SharedObjectChild.churn(directory, times));
            SharedObjectChild.churn(directory, times);
            other.result();
            child.awaitLine();
            child.awaitSuccess();
        }
    }

    @Test
    void whoeverDiesWhileItMakesAnObjectLeavesTheNameFree() throws Exception {
        try (ChildJvm child = child("making")) {
            assertThatThrownBy(() -> open(NAME)).isInstanceOf(NoSuchFileException.class);
            assertThat(files()).as("the part, and the anchor without its name").hasSize(2);
            child.kill();
        }
        try (SharedObject object = create(NAME)) { // who joins for that reaps what the dead one has left
            object.checkNotRemoved();
            assertThat(files()).hasSize(2).contains(NAME);
            object.remove();
        }
    }

    @Test
    void deadUserDoesNotCount() throws Exception {
        try (ChildJvm child = child("using")) {
            String name = child.awaitLine();
            child.awaitLine("using");
            SharedObject object = open(name);
            int self = object.owner().id();
            assertThat(object.users()).hasSize(2).contains(self);
            child.kill();
            Background.awaitUntil(() -> object.users().equals(java.util.Set.of(self)));
            object.checkNotRemoved();
            object.close();
        }
    }

    @Test
    void removalThatItsRemoverDidNotFinishIsFinishedByWhoeverSeesIt() throws Exception {
        try (ChildJvm child = child("removed")) {
            child.kill();
        }
        assertThat(files()).hasSize(2);
        assertThatThrownBy(() -> open(NAME)).isInstanceOf(NoSuchFileException.class);
        assertThat(files()).isEmpty();
        try (ChildJvm child = child("removed")) {
            child.kill();
        }
        try (SharedObject object = create(NAME)) {
            object.remove();
        }
    }

    @Test
    void removerThatIsPausedInTheMiddleKeepsItsNameAndNobodyWaits() throws Exception {
        try (ChildJvm child = child("removing")) {
            assertThatThrownBy(() -> create(NAME)).isInstanceOf(FileAlreadyExistsException.class);
            assertThatThrownBy(() -> open(NAME)).isInstanceOf(NoSuchFileException.class);
            SharedObject other = create("other");
            other.remove();
            assertThat(files()).as("parts go at once").containsExactly("other", NAME);
            child.kill();
            Background.awaitUntil(() -> {
                other.close(); // the first time
                try {
                    open("other").close();
                    return false;
                } catch (NoSuchFileException e) {
                    return !Files.exists(directory.resolve("other"));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        }
        try (SharedObject object = create(NAME)) {
            object.remove();
        }
    }
}
