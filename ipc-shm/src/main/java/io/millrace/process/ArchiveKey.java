package io.millrace.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * What a class archive depends on: the JDK, the classes, and those options of a JVM that decide whether it takes the
 * archive. A JVM checks that as well, but one that refuses its archive does without the JDK's own, too, and starts
 * slower than with none.
 *
 * @param id stands for all of it
 * @param flags the options that a JVM that makes the archive must have, too
 */
record ArchiveKey(UUID id, List<String> flags) {
    /** Options by which the user has decided, or with which no archive can be used. */
    private static final Pattern WITHOUT = Pattern.compile("@.*|-Xshare:.*|-XX:(SharedArchiveFile|SharedClassListFile"
        + "|ArchiveClassesAtExit|DumpLoadedClassList|AOT|Flags=|VMOptionsFile).*|-XX:[+-]AutoCreateSharedArchive"
        + "|-javaagent:.*|-agentlib:.*|-agentpath:.*|-Xrun.*|-Xbootclasspath.*|-Djava\\.system\\.class\\.loader=.*"
        + "|--module-path.*|-p|--upgrade-module-path.*|--limit-modules.*|--patch-module.*"
        + "|-XX:\\+Use(Z|Shenandoah|Epsilon)GC");
    /** Heaps that may be too large for the short references that are in an archive. */
    private static final Pattern LARGE_HEAP = Pattern.compile("(-Xmx|-XX:MaxHeapSize=)"
        + "([0-9]{2,}[gG]|[0-9]+[tT]|[0-9]{5,}[mM]|[0-9]{8,}[kK]|[0-9]{11,})");
    private static final Pattern OF_OBJECTS =
        Pattern.compile("-XX:([+-]UseCompressed|[+-]UseCompact|ObjectAlignment).*");
    private static final String LONG_OPTION = "--";
    private static final String CLASS_PATH_OPTION = "--class-path";

    /**
     * The key for children with these options, or nothing if they can have no archive.
     *
     * @param options of the command line, without those for the class path
     * @param fromEnvironment options that the JVM finds in its environment
     * @param classPath with absolute paths
     */
    static Optional<ArchiveKey> of(List<String> options, List<String> fromEnvironment, String classPath) {
        if (System.getProperty("jdk.module.path") != null || !isHotSpot() || isRefused(options)
            || isRefused(fromEnvironment)) {
            return Optional.empty();
        }
        try {
            StringBuilder text = new StringBuilder();
            List<String> flags = flagsIn(options);
            List.of(System.getProperty("java.vm.version"), System.getProperty("java.home"), classPath)
                .forEach(part -> text.append(part).append('\n'));
            flags.forEach(flag -> text.append(flag).append('\n'));
            flagsIn(fromEnvironment).forEach(flag -> text.append(flag).append('\n'));
            for (Path entry : entriesOf(classPath)) {
                if (!addState(text, entry)) {
                    return Optional.empty();
                }
            }
            return Optional.of(new ArchiveKey(UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8)),
                flags));
        } catch (IOException e) {
            return Optional.empty(); // whatever there is on the class path cannot be read
        }
    }

    private static boolean isHotSpot() {
        String name = System.getProperty("java.vm.name", "");
        return name.contains("HotSpot") || name.contains("OpenJDK");
    }

    private static boolean isRefused(List<String> options) {
        return options.stream()
            .anyMatch(option -> WITHOUT.matcher(option).matches() || LARGE_HEAP.matcher(option).matches());
    }

    /** The options that decide about modules, and how objects look. */
    private static List<String> flagsIn(List<String> options) {
        List<String> flags = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            String option = options.get(i);
            boolean withValue = JvmOptions.takesValue(option) && i + 1 < options.size();
            boolean wanted = option.startsWith(LONG_OPTION) && !option.startsWith(CLASS_PATH_OPTION)
                || OF_OBJECTS.matcher(option).matches();
            if (wanted) {
                flags.add(option);
                if (withValue) {
                    flags.add(options.get(i + 1));
                }
            }
            if (withValue) {
                i++;
            }
        }
        return flags;
    }

    /** Jars that are named by the only jar of a class path belong to it: so programs are started by {@code -jar}. */
    private static List<Path> entriesOf(String classPath) throws IOException {
        List<Path> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            entries.add(Path.of(entry));
        }
        if (entries.size() == 1 && Files.isRegularFile(entries.get(0))) {
            try (JarFile jar = new JarFile(entries.get(0).toFile())) {
                Manifest manifest = jar.getManifest();
                String named = manifest == null ? null : manifest.getMainAttributes().getValue("Class-Path");
                if (named != null) {
                    for (String entry : named.trim().split(" +")) {
                        entries.add(Path.of(entries.get(0).toUri().resolve(entry)));
                    }
                }
            } catch (IllegalArgumentException e) {
                throw new IOException("class path in the manifest of " + entries.get(0), e);
            }
        }
        return entries;
    }

    /** False for a directory: what is in it may change unseen, and the JVM archives nothing then. */
    private static boolean addState(StringBuilder text, Path entry) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class);
            text.append(entry).append(' ').append(attributes.size()).append(' ')
                .append(attributes.lastModifiedTime().toMillis()).append('\n');
            return attributes.isRegularFile();
        } catch (NoSuchFileException e) {
            text.append(entry).append(" missing\n");
            return true;
        }
    }
}
