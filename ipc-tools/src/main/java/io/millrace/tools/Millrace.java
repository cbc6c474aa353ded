package io.millrace.tools;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code millrace}. */
@Command(name = "millrace", mixinStandardHelpOptions = true, versionProvider = Version.class,
    description = "Shared-memory multiprocessing for the JVM.",
    footer = {"", "Exit codes: 0 success, 1 failure, 2 wrong usage."},
    subcommands = {BenchCommand.class, SampleCommand.class, LsCommand.class, StatCommand.class, DumpCommand.class,
        DoctorCommand.class, RmCommand.class, HelpCommand.class})
public final class Millrace implements Runnable {
    private static final int FAILURE = 1;

    @Spec
    private CommandSpec spec;

    /** Runs the command line and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line, ready to execute or to be asked for its help. */
    static CommandLine commandLine() {
        return new CommandLine(new Millrace()).setExecutionExceptionHandler((exception, command, parsed) -> {
            command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + Failure.describe(exception));
            return FAILURE;
        });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? See below.");
    }
}
