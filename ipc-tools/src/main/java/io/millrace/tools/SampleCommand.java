package io.millrace.tools;

import io.millrace.samples.Sample;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code millrace sample}. */
@Command(name = "sample", mixinStandardHelpOptions = true, versionProvider = Version.class,
    description = "Runs one of the sample programs, in this JVM and in child JVMs that it starts.",
    footer = {"", "Examples:", "  millrace sample --list", "  millrace sample joinable-consumers"})
final class SampleCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    private Choice choice;

    @Spec
    private CommandSpec spec;

    /** One or the other. */
    private static final class Choice {
        @Parameters(index = "0", paramLabel = "NAME", description = "Which one.")
        private String name;

        @Option(names = "--list", description = "Tells the names of all, and what each shows.")
        private boolean list;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (choice.list) {
            list(spec.commandLine().getOut());
            return ExitCode.OK;
        }
        Optional<Sample> sample = Sample.find(choice.name);
        if (sample.isEmpty()) {
            // The names are what helps here; the usage would hide them.
            spec.commandLine().getErr().println(spec.qualifiedName() + ": there is no sample '" + choice.name
                + "'; there are " + Arrays.stream(Sample.values()).map(Sample::key).collect(Collectors.joining(", ")));
            return ExitCode.USAGE;
        }
        sample.get().run();
        return ExitCode.OK;
    }

    private static void list(PrintWriter out) {
        int width = Arrays.stream(Sample.values()).mapToInt(sample -> sample.key().length()).max().orElseThrow();
        for (Sample sample : Sample.values()) {
            out.printf("%-" + width + "s  %s%n", sample.key(), sample.description());
        }
        out.flush();
    }
}
