package io.millrace.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the rows that were asked for, each trial in fresh JVMs, and reports.
 *
 * <p><b>Who may call it:</b> one run at a time per machine, or they measure each other.
 */
public final class Bench {
    /** Exit code: every row has its figures, or was skipped for want of something that is not ours. */
    public static final int SUCCESS = 0;
    /** Exit code: a row failed. */
    public static final int FAILURE = 1;
    /** Exit code: what was asked for makes no sense. */
    public static final int WRONG_USAGE = 2;

    /** System property with the commit that is measured. */
    public static final String COMMIT_PROPERTY = "millrace.commit";
    /** System property: {@code true} if progress goes to a terminal. */
    public static final String TERMINAL_PROPERTY = "millrace.terminal";

    private final BenchOptions options;
    private final PrintStream out;
    private final PrintStream err;

    /** A run that prints its table to {@code out}, progress and errors to {@code err}. */
    public Bench(BenchOptions options, PrintStream out, PrintStream err) {
        this.options = options;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs.
     *
     * @return {@link #SUCCESS}, {@link #FAILURE} or {@link #WRONG_USAGE}
     * @throws IOException if the result cannot be written
     * @throws InterruptedException if the thread is interrupted; all processes have ended
     */
    public int run() throws IOException, InterruptedException {
        List<Row> rows = Rows.of(options);
        if (rows.isEmpty()) {
            err.println("millrace bench: no row matches '" + options.only() + "'; a row's key is"
                + " scenario/subject/payloadBytes/wait, such as " + Rows.all().get(0).key());
            return WRONG_USAGE;
        }
        for (Path file : files()) {
            if (!Files.isDirectory(file.toAbsolutePath().getParent())) {
                err.println("millrace bench: no directory for " + file);
                return WRONG_USAGE;
            }
        }
        Report report = measure(rows);
        out.print(Table.render(report));
        out.flush();
        ReportFiles.write(report, options);
        if (report.hasFailures()) {
            err.println("millrace bench: rows failed: "
                + report.skipped().stream().filter(Report.Skipped::failed).map(skip -> skip.row().key()).toList());
            return FAILURE;
        }
        return SUCCESS;
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        if (options.json() != null) {
            files.add(options.json());
        }
        if (options.html() != null) {
            files.add(options.html());
        }
        return files;
    }

    private Report measure(List<Row> rows) throws IOException, InterruptedException {
        Plan plan = options.quick() ? Plan.QUICK : Plan.FULL;
        Outcomes outcomes = new Outcomes(rows,
            new Progress(err, Boolean.getBoolean(TERMINAL_PROPERTY), rows.size() * plan.trials()));
        try (RunDirectory directory = RunDirectory.create()) {
            new Trials(plan, RowRunners.of(directory, plan, options.pin()),
                ProcessSession.starter(directory, plan, options.pin()), outcomes).run(rows);
        }
        return new Report(Machine.describe(options.pin()), System.getProperty(COMMIT_PROPERTY, "unknown"),
            outcomes.results(), outcomes.ratios(), outcomes.skipped());
    }
}
