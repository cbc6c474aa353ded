package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveKeyTest {
    @TempDir
    private Path place;
    private Path jar;

    @BeforeEach
    void makeJar() throws Exception {
        jar = Files.writeString(place.resolve("a.jar"), "a");
    }

    private Optional<ArchiveKey> key(List<String> options, List<String> fromEnvironment) {
        return ArchiveKey.of(options, fromEnvironment, jar + ":" + place.resolve("missing.jar"));
    }

    private Optional<ArchiveKey> key(String... options) {
        return key(List.of(options), List.of());
    }

    private UUID id(String... options) {
        return key(options).orElseThrow().id();
    }

    @Test
    void theSameClassesAndFlagsHaveTheSameKey() {
        assertThat(id("--add-opens", "a/b=ALL-UNNAMED", "-Xmx1g", "-Da=b"))
            .isEqualTo(id("-XX:+UseSerialGC", "--add-opens", "a/b=ALL-UNNAMED"));
    }

    @Test
    void otherFlagsOfModulesHaveAnotherKey() {
        assertThat(id("--add-opens", "a/b=ALL-UNNAMED")).isNotEqualTo(id())
            .isNotEqualTo(id("--add-opens", "a/c=ALL-UNNAMED"));
        assertThat(id("-XX:-UseCompressedClassPointers")).isNotEqualTo(id());
        assertThat(key(List.of(), List.of("--enable-preview")).orElseThrow().id()).isNotEqualTo(id());
    }

    @Test
    void whoeverMakesTheArchiveGetsTheFlagsThatCount() {
        assertThat(key("-Xmx1g", "--add-opens", "a/b=c", "-cp", "d", "--enable-preview").orElseThrow().flags())
            .containsExactly("--add-opens", "a/b=c", "--enable-preview");
    }

    @Test
    void aChangedJarHasAnotherKey() throws Exception {
        UUID before = id();
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000));
        UUID touched = id();
        Files.writeString(jar, "longer");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000));
        assertThat(List.of(before, touched, id())).doesNotHaveDuplicates();
    }

    @Test
    void aChangeOfAJarThatTheOnlyJarNamesCountsToo() throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, jar.getFileName().toString());
        Path program = place.resolve("program.jar");
        new JarOutputStream(Files.newOutputStream(program), manifest).close();
        UUID before = ArchiveKey.of(List.of(), List.of(), program.toString()).orElseThrow().id();
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000));
        assertThat(ArchiveKey.of(List.of(), List.of(), program.toString()).orElseThrow().id()).isNotEqualTo(before);
    }

    @Test
    void thereIsNoneWithADirectoryOnTheClassPath() {
        assertThat(ArchiveKey.of(List.of(), List.of(), jar + ":" + place)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xshare:off", "-XX:SharedArchiveFile=a", "-javaagent:a.jar", "-agentpath:a", "@file",
        "-Xmx40g", "-XX:+UseZGC", "--limit-modules=java.base", "-Xbootclasspath/a:b"})
    void thereIsNoneWithSuchAnOption(String option) {
        assertThat(key(option)).isEmpty();
        assertThat(key(List.of(), List.of(option))).isEmpty();
    }
}
