package io.millrace.process;

import io.millrace.memory.MemoryBackend;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The options by which a child becomes a JVM like this one: those that this one was started with, but for such as only
 * one JVM can have, like the port of a debugger or the file of a recording.
 */
final class JvmOptions {
    /** Options that take the next word as their value. */
    private static final Set<String> WITH_VALUE = Set.of("-cp", "-classpath", "--class-path", "-p", "--module-path",
        "--upgrade-module-path", "--add-modules", "--limit-modules", "--patch-module", "--add-exports", "--add-opens",
        "--add-reads");
    /** Of those, the ones that a child gets in another way. */
    private static final Set<String> REPLACED = Set.of("-cp", "-classpath", "--class-path", "-p", "--module-path");
    /** What comes behind these is the program's. */
    private static final Set<String> LAST = Set.of("-m", "--module", "-jar");
    private static final Pattern ONE_JVM_ONLY = Pattern.compile("--(module|class)-path=.*"
        + "|-agentlib:jdwp.*|-Xrunjdwp.*|-Xdebug"
        + "|-Dcom\\.sun\\.management\\..*|-XX:StartFlightRecording.*|-XX:FlightRecorderOptions.*|-Xlog:.*file=.*"
        + "|-Xloggc:.*|-XX:SharedArchiveFile=.*|-XX:ArchiveClassesAtExit=.*|-XX:DumpLoadedClassList=.*"
        + "|-XX:SharedClassListFile=.*|-Xshare:.*|-XX:AOT.*|-XX:LogFile=.*"
        + "|" + Pattern.quote(ClassArchive.QUIET) + "|-D" + Pattern.quote(ChildMain.LAUNCH_PROPERTY) + "=.*");
    /** All classes that are in no named module, to flags about modules. */
    private static final String UNNAMED = "ALL-UNNAMED";
    /** The variable of the environment that every JVM reads. */
    static final String TOOL_OPTIONS = "JAVA_TOOL_OPTIONS";
    /** The variable that the program {@code java} reads. */
    private static final String LAUNCHER_OPTIONS = "JDK_JAVA_OPTIONS";
    private static final int FIRST_WITH_NATIVE_NOTICES = 22;
    private static final int FIRST_WITH_UNSAFE_NOTICES = 23;

    /**
     * What a child gets before everything else, so that any other option overrules it. The file that tools like jps
     * read costs a start some milliseconds, and a killed JVM leaves it behind.
     */
    static final List<String> DEFAULTS = List.of("-XX:-UsePerfData");

    /** The program that runs this JVM. */
    static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private JvmOptions() { }

    /** The options of this JVM that a child gets. */
    static List<String> ofThisJvm() {
        return OfThisJvm.OPTIONS;
    }

    /** Looked up once: they do not change, and each start asks for them. */
    private static final class OfThisJvm {
        static final List<String> OPTIONS = List.copyOf(lookUp());
    }

    private static List<String> lookUp() {
        List<String> options = new ArrayList<>();
        List<String> words = commandLine();
        for (int i = 0; i < words.size() && isOption(words.get(i)); i++) {
            String word = words.get(i);
            boolean withValue = takesValue(word) && i + 1 < words.size();
            if (!isForOneJvmOnly(word)) {
                options.addAll(words.subList(i, withValue ? i + 2 : i + 1));
            }
            i += withValue ? 1 : 0;
        }
        return options;
    }

    /** Whether the next word belongs to that option. */
    static boolean takesValue(String option) {
        return WITH_VALUE.contains(option);
    }

    private static boolean isOption(String word) {
        return word.startsWith("-") && !LAST.contains(word) && !word.startsWith("--module=");
    }

    private static boolean isForOneJvmOnly(String option) {
        return REPLACED.contains(option) || ONE_JVM_ONLY.matcher(option).matches();
    }

    /** What the library needs to be as fast and as quiet in a child as here. */
    static List<String> ofLibrary() {
        List<String> options = new ArrayList<>();
        if (MemoryBackend.current() == MemoryBackend.AGRONA) {
            options.addAll(List.of(MemoryBackend.AGRONA_FLAG.replace(UNNAMED, moduleOf("org.agrona")).split(" ")));
        }
        if (Runtime.version().feature() >= FIRST_WITH_NATIVE_NOTICES) { // before, any such option makes a start slower
            options.add("--enable-native-access=" + moduleOf("org.jnrproject.jffi"));
        }
        if (Runtime.version().feature() >= FIRST_WITH_UNSAFE_NOTICES) {
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        return options;
    }

    /** What flags about modules call that library: it is a module if it was found on the module path. */
    private static String moduleOf(String name) {
        return ModuleLayer.boot().findModule(name).isPresent() ? name : UNNAMED;
    }

    /** Where the child finds classes, and which it begins with. */
    static List<String> classes() {
        List<String> options = new ArrayList<>();
        Module module = ChildMain.class.getModule();
        String modulePath = System.getProperty("jdk.module.path");
        if (modulePath != null) {
            options.addAll(List.of("--module-path", absolute(modulePath)));
        }
        // The modules that this JVM began with, in place of which the child begins with the library; the others follow
        // from them as they did here. A child of a child inherits the option.
        String root = System.getProperty("jdk.module.main", module.isNamed() ? "ALL-DEFAULT" : null);
        if (root != null && !root.equals(module.getName())) {
            options.addAll(List.of("--add-modules", root));
        }
        String classPath = classPath();
        if (!classPath.isEmpty()) {
            options.addAll(List.of("-cp", classPath));
        }
        if (module.isNamed()) {
            options.addAll(List.of("-m", module.getName() + "/" + ChildMain.class.getName()));
        } else {
            options.add(ChildMain.class.getName());
        }
        return options;
    }

    /** The class path of this JVM. */
    static String classPath() {
        String classPath = System.getProperty("java.class.path", "");
        return classPath.isEmpty() ? classPath : absolute(classPath);
    }

    /** A child may have another working directory. */
    private static String absolute(String path) {
        return Arrays.stream(path.split(File.pathSeparator, -1)).map(entry -> new File(entry).getAbsolutePath())
            .collect(Collectors.joining(File.pathSeparator));
    }

    /** Options that a JVM with that environment takes from there. */
    static List<String> fromEnvironment(Map<String, String> environment) {
        return Stream.of(TOOL_OPTIONS, LAUNCHER_OPTIONS).map(environment::get).filter(Objects::nonNull)
            .flatMap(options -> Arrays.stream(options.trim().split("\\s+"))).toList();
    }

    /** What the environment of a child has for the variable that every JVM reads; null if it has none. */
    static String toolOptions(String inherited) {
        if (inherited == null) {
            return null;
        }
        String rest = String.join(" ", Arrays.stream(inherited.trim().split("\\s+"))
            .filter(option -> !isForOneJvmOnly(option)).toList());
        return rest.isEmpty() ? null : rest;
    }

    /** The words behind {@code java}, as far as they are known. */
    private static List<String> commandLine() {
        try {
            String line = new String(Files.readAllBytes(Path.of("/proc/self/cmdline")), StandardCharsets.UTF_8);
            List<String> words = List.of(line.split("\0"));
            List<String> options = words.subList(Math.min(1, words.size()), words.size());
            if (options.stream().noneMatch(word -> word.startsWith("@"))) {
                return options;
            }
        } catch (IOException e) {
            // Another system: it is asked in the slower way.
        }
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }
}
