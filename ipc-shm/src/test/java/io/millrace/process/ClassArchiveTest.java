package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes as a program and its children have it. */
@Timeout(120)
class ClassArchiveTest {
    @TempDir
    private static Path jars;
    private static String classPath;

    @TempDir
    private Path place;

    @BeforeAll
    static void makeJars() throws IOException {
        classPath = Jars.classPath(jars);
    }

    private Path cache() {
        return place.resolve("cache");
    }

    private Path loaded() {
        return place.resolve("loaded");
    }

    private Process start(String mainClass, List<String> options, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(JvmOptions.JAVA.toString(),
            "-D" + ArchiveDirectory.PROPERTY + "=" + cache(), "-Dmillrace.domain=" + place.resolve("domain")));
        command.addAll(JvmOptions.ofLibrary());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
            .redirectOutput(place.resolve("out").toFile()).redirectError(place.resolve("err").toFile());
        builder.environment().remove(JvmOptions.TOOL_OPTIONS);
        return builder.start();
    }

    /** What a program's two children said; nobody said anything else. */
    private List<String> children(boolean allowed, String... options) throws Exception {
        Process parent = start(ArchiveParent.class.getName(), List.of(options),
            List.of(Boolean.toString(allowed), loaded().toString()));
        try {
            assertThat(parent.waitFor()).isZero();
        } finally {
            parent.destroyForcibly();
        }
        assertThat(place.resolve("err")).isEmptyFile();
        return Files.readAllLines(place.resolve("out"));
    }

    private List<String> cached() throws IOException {
        try (Stream<Path> files = Files.list(cache())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theSecondChildBeginsWithTheArchiveThatTheFirstHadMade() throws Exception {
        assertThat(children(true)).containsExactly("false", "true");
        assertThat(Files.readString(loaded())).contains(ChildMain.class.getName() + " source: shared objects file");
        assertThat(cached()).hasSize(2).contains("lock").anyMatch(name -> name.endsWith(".jsa"));
        assertThat(Files.getPosixFilePermissions(cache())).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void itIsThereForTheNextProgramToo() throws Exception {
        children(true);
        assertThat(children(true, "-Xmx100m", "-Dname=value")).containsExactly("true", "true");
    }

    @Test
    void anArchiveThatWasCutOffIsNotUsedButMadeAnew() throws Exception {
        children(true);
        Path archive = cache().resolve(cached().stream().filter(name -> name.endsWith(".jsa")).findFirst()
            .orElseThrow());
        byte[] half = Files.readAllBytes(archive);
        Files.delete(archive);
        Files.write(archive, new byte[half.length / 2]);
        assertThat(children(true)).containsExactly("false", "true");
        assertThat(cached()).hasSize(2);
    }

    @Test
    void theSystemPropertyTurnsItOff() throws Exception {
        assertThat(children(true, "-D" + ClassArchive.PROPERTY + "=off")).containsExactly("false", "false");
        assertThat(cache()).doesNotExist();
    }

    @Test
    void theBuilderTurnsItOff() throws Exception {
        assertThat(children(false)).containsExactly("false", "false");
        assertThat(cache()).doesNotExist();
    }

    @Test
    void aDirectoryThatOthersCanWriteToIsNotUsed() throws Exception {
        Files.createDirectory(cache());
        Files.setPosixFilePermissions(cache(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(children(true)).containsExactly("false", "false");
        assertThat(cached()).isEmpty();
    }

    @Test
    void twoWhoMakeItAtOnceLeaveOne() throws Exception {
        UUID key = UUID.randomUUID();
        Files.createDirectory(cache());
        List<Process> makers = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                makers.add(start(ArchiveMaker.class.getName(), List.of(),
                    List.of(cache().toString(), key.toString(), "")));
            }
            for (Process maker : makers) {
                assertThat(maker.waitFor()).isZero();
            }
        } finally {
            makers.forEach(Process::destroyForcibly);
        }
        assertThat(cached()).hasSize(2);
        assertThat(new ArchiveDirectory(cache()).find(key)).isNotNull();
    }
}
