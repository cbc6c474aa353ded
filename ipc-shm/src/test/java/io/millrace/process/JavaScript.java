package io.millrace.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Programs that start java with something about its process changed. */
final class JavaScript {
    private JavaScript() { }

    /** A java that obeys SIGINT, also if this JVM was started with it ignored, as in the background of a shell. */
    static Path withSigint(Path directory) throws IOException {
        return script(directory, "env --default-signal=INT", "");
    }

    /** The same, and the first of a process group that has its own number. */
    static Path inGroupOfItsOwn(Path directory) throws IOException {
        return script(directory, "setsid env --default-signal=INT", "");
    }

    /** A java that begins with a descriptor closed, or so. */
    static Path redirected(Path directory, String redirection) throws IOException {
        return script(directory, "", redirection);
    }

    private static Path script(Path directory, String before, String redirection) throws IOException {
        Path script = Files.createTempFile(directory, "java", ".sh");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(script, "#!/bin/sh\nexec " + before + " '" + java + "' \"$@\" " + redirection + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }
}
