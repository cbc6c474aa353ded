package io.millrace.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.format.Segment;
import io.millrace.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the dead leave goes with the next join; what belongs to somebody who lives, or to nobody knows whom, stays. */
@Timeout(60)
class ReaperTest {
    private static final int NEVER_HANDED_OUT = 999_999;

    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private Path directory;
    private int dead;

    @BeforeEach
    void somebodyWasHereAndIsDead() throws IOException {
        directory = parent.resolve("domain");
        try (Domain domain = Domain.join(directory)) {
            dead = domain.ownerId();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                .filter(name -> !name.equals("lock") && !name.equals("table")).sorted().toList();
        }
    }

    private String file(String name) throws IOException {
        Files.write(directory.resolve(name), new byte[100]);
        return name;
    }

    private static String temporary(String name, int maker) {
        return "." + name + "@" + maker + "." + UUID.randomUUID() + ".tmp";
    }

    private SharedObject object(String name) throws IOException {
        return SharedObject.create(Domain.join(directory), name, ObjectChild.KIND, Long.BYTES, (body, parts) ->
            Segment.create(parts.file(ObjectChild.PART), ObjectChild.KIND, Long.BYTES, part -> { }).close());
    }

    /** Starts a child, waits until it stops, and kills it. Returns its id. */
    private int killedAfter(boolean stopsHalfway, String... name) throws Exception {
        Object[] arguments = name.length == 0 ? new Object[] {directory, stopsHalfway}
            : new Object[] {directory, stopsHalfway, name[0]};
        try (ChildJvm child = ChildJvm.of(ObjectChild.class).start(arguments)) {
            int id = Integer.parseInt(child.awaitLine());
            child.awaitLine("stopped");
            assertThat(names()).anyMatch(file -> file.contains("~" + id + "-"));
            child.kill();
            return id;
        }
    }

    @Test
    void unfinishedFileOfTheDeadGoes() throws IOException {
        file(temporary("queue", dead));
        file(temporary("queue~" + dead + "-1~ring-7", dead));
        Domain.join(directory).close();
        assertThat(names()).isEmpty();
    }

    @Test
    void unfinishedFileStaysOfTheLivingAndOfWhomNobodyKnows() throws IOException {
        try (Domain living = Domain.join(directory)) {
            file(temporary("queue", living.ownerId()));
            file(temporary("queue", NEVER_HANDED_OUT));
            file(".queue." + UUID.randomUUID() + ".tmp");
            file(".queue." + dead + "." + UUID.randomUUID() + ".tmp");
            List<String> before = names();
            assertThat(living.reap()).isEmpty();
            assertThat(names()).isEqualTo(before).hasSize(4);
        }
    }

    @Test
    void partWithoutAnObjectGoesWithItsCreator() throws IOException {
        try (Domain living = Domain.join(directory)) {
            String orphan = file("queue~" + dead + "-1~ring-1");
            String young = file("queue~" + living.ownerId() + "-1~ring-1");
            String strange = file("queue~" + NEVER_HANDED_OUT + "-1~ring-1");
            assertThat(living.reap()).containsExactly(orphan);
            assertThat(names()).containsExactlyInAnyOrder(young, strange);
            assertThat(living.reap()).isEmpty();
        }
    }

    @Test
    void partOfAnObjectStaysAndThatOfAFormerOneOfItsNameGoes() throws IOException {
        try (SharedObject object = object("queue"); Domain domain = Domain.join(directory)) {
            String former = file("queue~" + dead + "-1~" + ObjectChild.PART);
            assertThat(names()).hasSize(3);
            assertThat(domain.reap()).containsExactly(former);
            assertThat(object.parts().file(ObjectChild.PART)).exists();
            object.remove();
        }
    }

    @Test
    void partStaysBesideAnObjectThatCannotBeRead() throws IOException {
        file("queue");
        file("queue~" + dead + "-1~ring-1");
        Domain.join(directory).close();
        assertThat(names()).hasSize(2);
    }

    @Test
    void namedObjectOutlivesItsCreatorWithItsParts() throws Exception {
        killedAfter(false, "queue");
        Domain.join(directory).close();
        assertThat(names()).hasSize(2).contains("queue");
    }

    @Test
    void objectWhoseCreatorWasKilledBeforeItHadItsNameGoes() throws Exception {
        killedAfter(true, "queue");
        assertThat(names()).hasSize(2).doesNotContain("queue");
        Domain.join(directory).close();
        assertThat(names()).isEmpty();
    }

    @Test
    void anonymousObjectWhoseUsersWereKilledGoes() throws Exception {
        killedAfter(false);
        assertThat(names()).hasSize(2);
        Domain.join(directory).close();
        assertThat(names()).isEmpty();
    }

    @Test
    void anonymousObjectOfSomebodyWhoLivesStays() throws Exception {
        try (SharedObject object = object(null); Domain domain = Domain.join(directory)) {
            assertThat(domain.reap()).isEmpty();
            assertThat(object.path()).exists();
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void objectWhoseRemoverDiedInTheMiddleGoes() throws IOException {
        object("queue").close();
        try (Segment segment = Segment.openAny(directory.resolve("queue"))) {
            new UserList(segment.body(), id -> false, Containers.UNKNOWN).remove();
        }
        assertThat(names()).hasSize(2);
        Domain.join(directory).close();
        assertThat(names()).isEmpty();
    }

    @Test
    void noteOfAProcessThatIsGoneGoes() throws IOException {
        LeaseNotes.write(directory.resolve("lease.0." + dead), new ProcessIdentity(1L << 40, 1, 1, 1, new UUID(1, 1)));
        Domain.join(directory).close();
        assertThat(names()).isEmpty();
    }

    @Test
    void whatCannotBeReapedIsNoFailureOfJoin() throws IOException {
        Files.createDirectory(directory.resolve("directory"));
        Path full = Files.createDirectory(directory.resolve("queue~" + dead + "-1~ring-1"));
        Files.createFile(full.resolve("file"));
        file("no object");
        try (Domain domain = Domain.join(directory)) {
            assertThat(domain.isDead(dead)).isTrue();
        }
        assertThat(names()).hasSize(3);
    }

    @Test
    void removalTakesAnyKindAndTellsWhoUsesIt() throws IOException {
        try (SharedObject object = object("queue"); Domain domain = Domain.join(directory)) {
            assertThat(domain.remove("queue")).isTrue();
            assertThat(names()).isEmpty();
            assertThatThrownBy(object::checkNotRemoved).isInstanceOf(ObjectRemovedException.class);
            assertThatThrownBy(() -> domain.remove("queue")).isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> domain.remove("lock")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void removalTakesWhatIsDamaged() throws IOException {
        file("queue");
        file("queue~" + dead + "-1~ring-1");
        Files.createFile(directory.resolve("empty"));
        try (Domain domain = Domain.join(directory)) {
            assertThat(domain.remove("queue")).isTrue();
            assertThat(domain.remove("empty")).isTrue();
        }
        assertThat(names()).isEmpty();
    }
}
