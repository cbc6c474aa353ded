package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveDirectoryTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path place;
    private ArchiveDirectory directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = new ArchiveDirectory(place.resolve("parent").resolve("cache"));
        directory.prepare();
    }

    private Path published(UUID key, String content, Duration age) throws IOException {
        directory.publish(Files.writeString(directory.newWorkplace(key).resolve("archive"), content), key);
        Path file = directory.find(key);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
        return file;
    }

    private void clean() throws IOException {
        try (FileChannel locks = directory.openLocks()) {
            directory.clean(locks);
        }
    }

    @Test
    void whatWasPublishedIsFound() throws Exception {
        UUID key = UUID.randomUUID();
        assertThat(directory.isSafe()).isTrue();
        assertThat(published(key, "archive", Duration.ZERO)).hasContent("archive");
        assertThat(directory.find(UUID.randomUUID())).isNull();
    }

    @Test
    void whatIsShorterThanItsNameSaysIsNotFound() throws Exception {
        UUID key = UUID.randomUUID();
        Path file = published(key, "archive", Duration.ZERO);
        Files.writeString(file, "arch");
        assertThat(ArchiveDirectory.isWhole(file)).isFalse();
        assertThat(directory.find(key)).isNull();
        clean();
        assertThat(file).doesNotExist();
    }

    @Test
    void thatThereCanBeNoneIsKnownForADay() throws Exception {
        UUID key = UUID.randomUUID();
        directory.giveUp(key);
        directory.giveUp(key);
        assertThat(directory.isHopeless(key)).isTrue();
        assertThat(directory.find(key)).isNull();
        Files.setLastModifiedTime(directory.path().resolve(key + ".0.jsa"), FileTime.from(Instant.now().minus(DAY)));
        assertThat(directory.isHopeless(key)).isFalse();
    }

    @Test
    void whatNobodyHasUsedForLongGoes() throws Exception {
        Path old = published(UUID.randomUUID(), "old", ArchiveDirectory.UNUSED_MAX.plus(DAY));
        Path used = published(UUID.randomUUID(), "used", ArchiveDirectory.UNUSED_MAX.plus(DAY));
        ArchiveDirectory.touch(used);
        clean();
        assertThat(old).doesNotExist();
        assertThat(used).exists();
    }

    @Test
    void aFewStayOfThoseThatWereUsedLast() throws Exception {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < ArchiveDirectory.COUNT_MAX + 2; i++) {
            files.add(published(UUID.randomUUID(), "archive", Duration.ofHours(i)));
        }
        clean();
        assertThat(files.subList(0, ArchiveDirectory.COUNT_MAX)).allMatch(Files::exists);
        assertThat(files.subList(ArchiveDirectory.COUNT_MAX, files.size())).noneMatch(Files::exists);
    }

    @Test
    void whatTheDeadHaveNotFinishedGoes() throws Exception {
        Path left = directory.newWorkplace(UUID.randomUUID());
        Files.writeString(left.resolve("archive"), "half");
        clean();
        assertThat(left).doesNotExist();
    }

    @Test
    void aDirectoryThatIsALinkIsNotSafe() throws Exception {
        Path link = Files.createSymbolicLink(place.resolve("link"), directory.path());
        assertThat(new ArchiveDirectory(link).isSafe()).isFalse();
    }
}
