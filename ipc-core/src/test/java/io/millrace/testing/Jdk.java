package io.millrace.testing;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A JDK that child JVMs can run on.
 *
 * @param home the directory that contains {@code bin/java}
 * @param feature the number of its release, such as 17
 */
public record Jdk(Path home, int feature) {
    /** Names the home of a second JDK, for tests between two releases; they are skipped without it. */
    public static final String OTHER_JDK = "millrace.otherJdk";

    private static final int FIRST_WITH_UNSAFE_NOTICES = 23;

    /** The one that runs this test. */
    public static Jdk current() {
        return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    /** The one that {@value #OTHER_JDK} names. */
    public static Optional<Jdk> other() {
        return Optional.ofNullable(System.getProperty(OTHER_JDK)).map(home -> at(Path.of(home)));
    }

    /** A JDK, whose release is in the file that every JDK has for that. */
    public static Jdk at(Path home) {
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = release.getProperty("JAVA_VERSION").replace("\"", "");
        return new Jdk(home, Runtime.Version.parse(version).feature());
    }

    /** The flags with which the library works best on this JDK. */
    List<String> agronaFlags() {
        List<String> flags = new ArrayList<>(List.of("--enable-native-access=ALL-UNNAMED",
            "--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED"));
        if (feature >= FIRST_WITH_UNSAFE_NOTICES) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return flags;
    }
}
