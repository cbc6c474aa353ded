package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunDirectoryTest {
    @Test
    void aRunLeavesNothingBehind() throws Exception {
        Path place;
        try (RunDirectory directory = RunDirectory.create()) {
            place = directory.newPlace();
            Files.writeString(place.resolve("file"), "content");
        }
        assertThat(place.getParent()).doesNotExist();
    }

    @Test
    void theNextRunRemovesWhatAKilledRunLeftAndKeepsWhatALivingOneUses() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path parent;
        try (RunDirectory directory = RunDirectory.create()) {
            parent = directory.newPlace().getParent().getParent();
        }
        long living = ProcessHandle.current().parent().orElseThrow().pid();
        Path ofTheDead = Files.createDirectories(parent.resolve("millrace-bench-" + ended.pid()).resolve("1"));
        Path ofTheLiving = Files.createDirectory(parent.resolve("millrace-bench-" + living));
        try (RunDirectory next = RunDirectory.create()) {
            assertThat(next.newPlace()).exists();
            assertThat(ofTheDead.getParent()).doesNotExist();
            assertThat(ofTheLiving).exists();
        } finally {
            Files.delete(ofTheLiving);
        }
    }
}
