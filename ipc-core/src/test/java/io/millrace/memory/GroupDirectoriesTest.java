package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that are shared with a group, beside those that are not. */
class GroupDirectoriesTest {
    private static final int OTHER_GROUP = 64_123;

    @TempDir
    private Path directory;
    private int group;

    @BeforeEach
    void shareTheDirectory() throws IOException {
        // Root may give a file to any group, others only to theirs.
        group = Commands.isRoot() ? OTHER_GROUP : (int) Files.getAttribute(directory, "unix:gid");
        GroupDirectories.open(directory, group);
    }

    @AfterEach
    void endIt() {
        GroupDirectories.close(directory);
    }

    private Path made(Path path) throws IOException {
        try (MappedFile file = MappedFile.createUnpublished(path, 100)) {
            file.publish();
        }
        return path;
    }

    private static String modeOf(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void fileThatIsMadeThereIsTheGroupsWhateverTheUmask() throws IOException {
        Path file = made(directory.resolve("f"));
        assertThat(modeOf(file)).isEqualTo("rw-rw----");
        assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(group);
        MappedFile.open(file).close();
    }

    @Test
    void fileElsewhereIsForItsUserAlone() throws IOException {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        assertThat(modeOf(made(inner.resolve("f")))).isEqualTo("rw-------");
        GroupDirectories.close(directory);
        assertThat(modeOf(made(directory.resolve("g")))).isEqualTo("rw-------");
        assertThat(GroupDirectories.groupOf(directory)).isEmpty();
        assertThat(GroupDirectories.groupOf(null)).isEmpty();
    }

    @Test
    void noOtherFileIsChangedThroughALink() throws IOException {
        Path victim = Files.createFile(directory.resolve("victim"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Path link = Files.createSymbolicLink(directory.resolve("link"), victim);
        Object before = Files.getAttribute(victim, "unix:ctime");
        assertThatThrownBy(() -> GroupDirectories.share(link)).isInstanceOf(IOException.class);
        assertThat(modeOf(victim)).isEqualTo("rw-------");
        assertThat(Files.getAttribute(victim, "unix:ctime")).isEqualTo(before);
    }

    @Test
    void fileOfAnotherUserIsOpenedOnlyIfItIsTheGroups() throws IOException {
        assumeTrue(Commands.isRoot(), "only root can give a file to another user");
        Path file = made(directory.resolve("f"));
        Files.setAttribute(file, "unix:uid", Commands.OTHER_USER);
        MappedFile.open(file).close();
        Files.setAttribute(file, "unix:gid", group + 1);
        assertThatThrownBy(() -> MappedFile.open(file)).isInstanceOf(AccessDeniedException.class)
            .hasMessageContainingAll("actual uid " + Commands.OTHER_USER, "actual gid " + (group + 1),
                "expected gid " + group);
        Files.setAttribute(file, "unix:gid", group);
        GroupDirectories.close(directory);
        assertThatThrownBy(() -> MappedFile.open(file)).isInstanceOf(AccessDeniedException.class)
            .hasMessageContaining("the user of this process");
    }
}
