package io.millrace.stress;

import io.millrace.atomic.CellValueStress;
import io.millrace.atomic.CellsLabelStress;
import io.millrace.atomic.TwoBuffersStress;
import io.millrace.domain.HandOutIdStress;
import io.millrace.memory.MemoryBackend;
import io.millrace.pipe.PipeKeeperStress;
import io.millrace.pipe.PipeLanesStress;
import io.millrace.pipe.PipeTurnStress;
import io.millrace.pipe.SenderGuardStress;
import io.millrace.ring.ChainIdStress;
import io.millrace.ring.HandOverRoleStress;
import io.millrace.ring.MpmcHintStress;
import io.millrace.ring.MpmcRecordStress;
import io.millrace.ring.MpmcReturnedStress;
import io.millrace.sync.LockWordStress;
import io.millrace.wait.SleepOrSignalStress;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs all stress tests, once on each {@linkplain MemoryBackend back-end}, and decides.
 *
 * <p>Passed is: no test of shipped code showed a forbidden outcome or failed in another way, every test ran,
 * and each weakened copy that must fail on this machine did show its bad outcome. The other weakened copies
 * are free to show theirs or not. Exit code 0, or 1 with one line on what is wrong.
 *
 * <p>Without arguments it takes some minutes on two processors: one configuration of the JVM that shuffles
 * compiled code, both actors by the interpreter or by one of the compilers, a fraction of a second each. Any arguments
 * replace that choice and go to jcstress as they are: {@code -m quick}, {@code -m default -t Signal}, …
 *
 * <p>Everything it writes is under {@code target/stress}: logs, jcstress's results and its report.
 */
public final class StressSuite {
    /** The weakened copies whose bad outcome every processor and JVM shows. */
    private static final Set<String> MUST_SHOW = Set.of(
        CellValueStress.WeakenedWithoutCas.class.getCanonicalName(),
        CellsLabelStress.WeakenedWithoutCas.class.getCanonicalName(),
        TwoBuffersStress.WeakenedInPlace.class.getCanonicalName(),
        ChainIdStress.WeakenedWithoutAtomicAdd.class.getCanonicalName(),
        HandOutIdStress.WeakenedWithoutCas.class.getCanonicalName(),
        PipeLanesStress.WeakenedWithoutCas.class.getCanonicalName(),
        PipeTurnStress.WeakenedWithoutCas.class.getCanonicalName(),
        PipeKeeperStress.WeakenedWithoutFence.class.getCanonicalName(),
        SenderGuardStress.WeakenedWithoutFence.class.getCanonicalName(),
        LockWordStress.WeakenedWithoutCas.class.getCanonicalName(),
        HandOverRoleStress.WeakenedWithoutCas.class.getCanonicalName(),
        MpmcRecordStress.WeakenedWithoutCas.class.getCanonicalName(),
        MpmcHintStress.WeakenedWithoutCas.class.getCanonicalName(),
        MpmcReturnedStress.WeakenedLookingFirst.class.getCanonicalName(),
        MpmcReturnedStress.WeakenedWithoutAtomicAdd.class.getCanonicalName(),
        SleepOrSignalStress.WeakenedWithoutFence.class.getCanonicalName());

    // Small strides: every state has memory outside the heap, and to have much of it at once is slow.
    private static final List<String> SHORT = List.of(
        "-m", "sanity", "-sc", "false", "-time", "50", "-strideSize", "64", "-strideCount", "4", "-hs", "512");
    // Forty times as long in the same configuration: the modes of jcstress's own take minutes, most of it for others.
    private static final List<String> LONG = List.of(
        "-m", "sanity", "-sc", "false", "-time", "2000", "-strideSize", "64", "-strideCount", "40", "-hs", "512");
    private static final String SHUFFLE = " -XX:+UnlockDiagnosticVMOptions -XX:+StressLCM -XX:+StressGCM";
    /** Nobody sleeps in these tests: the words of a signal are under test, not the kernel. */
    private static final String NO_FUTEX = " -Dmillrace.futex=off";

    private final MemoryBackend backend;
    private final Path directory;

    private StressSuite(MemoryBackend backend, Path directory) {
        this.backend = backend;
        this.directory = directory;
    }

    /** Runs the suite; the arguments are jcstress's. */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of("target", "stress").toAbsolutePath();
        if (Path.of(location()).getFileName().toString().equals("classes")) {
            directory = Path.of(location()).resolveSibling("stress");
        }
        List<String> failures = new ArrayList<>();
        for (MemoryBackend backend : MemoryBackend.values()) {
            StressSuite suite = new StressSuite(backend, directory.resolve(backend.name().toLowerCase()));
            failures.addAll(suite.failures(List.of(args)));
        }
        if (!failures.isEmpty()) {
            System.out.println("stress tests FAILED: " + String.join("; ", failures));
            System.exit(1);
        }
        System.out.println("stress tests passed");
    }

    private List<String> failures(List<String> args) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Outcomes outcomes = run("all", args.isEmpty() ? SHORT : args, args.isEmpty());
        if (!args.contains("-t")) {
            outcomes.requireAllTests();
        }
        Set<String> silent = outcomes.notShowing(MUST_SHOW);
        if (!silent.isEmpty()) {
            List<String> longer = new ArrayList<>(LONG);
            longer.add("-t");
            longer.add(silent.stream().map(Pattern::quote).collect(Collectors.joining("|")));
            Outcomes again = run("longer", longer, true);
            again.notShowing(silent).forEach(test -> outcomes.fail(test + " did not show its bad outcome"));
        }
        System.out.print(outcomes);
        System.out.printf("%s: %d s%n", backend, (System.nanoTime() - start) / 1_000_000_000);
        return outcomes.failures().stream().map(failure -> backend + ": " + failure).toList();
    }

    /** Runs jcstress in a JVM of its own, because it writes its results into the working directory. */
    private Outcomes run(String name, List<String> args, boolean oneConfiguration)
        throws IOException, InterruptedException {
        Path results = emptied(directory.resolve(name));
        Path log = results.resolve("jcstress.log");
        System.out.println("jcstress " + String.join(" ", args) + ", back-end " + backend + ", log " + log);
        List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", absoluteClassPath(),
            "-Djava.io.tmpdir=" + Files.createDirectory(results.resolve("tmp")),
            "org.openjdk.jcstress.Main", "-r", results.resolve("report").toString()));
        command.addAll(args);
        command.add(oneConfiguration ? "-jvmArgs" : "-jvmArgsPrepend");
        command.add(backendFlags() + NO_FUTEX + (oneConfiguration ? SHUFFLE : ""));
        int exitCode = new ProcessBuilder(command).directory(results.toFile())
            .redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
        Outcomes outcomes = Outcomes.readFrom(results);
        if (exitCode != 0 && outcomes.failures().isEmpty()) {
            outcomes.fail("jcstress ended with exit code " + exitCode + ", see " + log);
        }
        return outcomes;
    }

    private String backendFlags() {
        return "-D" + MemoryBackend.PROPERTY + "=" + backend.name().toLowerCase()
            + (backend == MemoryBackend.AGRONA ? " " + MemoryBackend.AGRONA_FLAG.replace(' ', '=') : "");
    }

    private static String absoluteClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path emptied(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> old = Files.walk(directory)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return Files.createDirectories(directory);
    }

    private static java.net.URI location() throws URISyntaxException {
        return StressSuite.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    }
}
