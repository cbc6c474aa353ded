package io.millrace.tools;

import io.millrace.bench.Bench;
import io.millrace.bench.BenchOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command {@code millrace bench}. */
@Command(name = "bench", mixinStandardHelpOptions = true, versionProvider = Version.class,
    description = {
        "Measures messages between two JVMs over Millrace's rings, queues and pipes, beside sockets and peers.",
        "The table goes to standard output, progress to standard error. Every message is checked by its receiver."},
    footer = {"", "Examples:", "  millrace bench --quick",
        "  millrace bench --only 'throughput/(queue|python-queue)/32'",
        "  millrace bench --only 'round-trip/.*/32/' --pin --json result.json"})
final class BenchCommand implements Callable<Integer> {
    @Option(names = "--quick",
        description = "One short trial a row, and 32-byte messages alone unless --only asks for others.")
    private boolean quick;

    @Option(names = "--only", paramLabel = "REGEX", converter = RegexConverter.class,
        description = "Only rows in whose key scenario/subject/payloadBytes/wait the expression is found.")
    private Pattern only;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the result as JSON.")
    private Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write the result as a page with pictures.")
    private Path html;

    @Option(names = "--pin", description = "Bind the two sides to a processor each (needs taskset).")
    private boolean pin;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return new Bench(new BenchOptions(quick, only, json, html, pin), System.out, System.err).run();
    }

    /** Says what is wrong with an expression, and not by which exception that was found. */
    private static final class RegexConverter implements ITypeConverter<Pattern> {
        @Override
        public Pattern convert(String expression) {
            try {
                return Pattern.compile(expression);
            } catch (PatternSyntaxException e) {
                throw new TypeConversionException("'" + expression + "' is no regular expression: "
                    + e.getDescription() + " at index " + e.getIndex());
            }
        }
    }
}
