package io.millrace.process;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The class path of this JVM without directories. */
final class Jars {
    private Jars() { }

    /** Makes a jar of each directory on the class path. */
    static String classPath(Path place) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            entries.add(Files.isDirectory(path) ? jar(path, place.resolve(entries.size() + ".jar")) : entry);
        }
        return String.join(File.pathSeparator, entries);
    }

    /**
     * A module path with this library and what it needs.
     *
     * @param place where jars are made; their names are those that modules without a name of their own get
     */
    static String modulePath(Path place) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            String name = path.getFileName().toString();
            if (name.equals("classes")) {
                String project = path.getParent().getParent().getFileName().toString();
                entries.add(jar(path, place.resolve(project.replace("ipc-", "io.millrace.") + ".jar")));
            } else if (name.matches("(ipc-core|agrona|jffi)-.*") && !name.endsWith("-tests.jar")) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    static String jar(Path directory, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file); JarOutputStream jar = new JarOutputStream(out);
            Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new ZipEntry(directory.relativize(path).toString()));
                Files.copy(path, jar);
            }
        }
        return file.toString();
    }
}
