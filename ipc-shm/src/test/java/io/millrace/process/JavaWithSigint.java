package io.millrace.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A java that obeys SIGINT, also if this JVM was started with that signal ignored, as in the background of a shell. */
final class JavaWithSigint {
    private JavaWithSigint() { }

    static Path in(Path directory) throws IOException {
        Path script = directory.resolve("java-with-sigint");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Files.writeString(script, "#!/bin/sh\nexec env --default-signal=INT '" + java + "' \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }
}
