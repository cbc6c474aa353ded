package io.millrace.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the rows that were asked for, each trial in a fresh pair of JVMs, and reports.
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
        Map<Row, RowResult> results = new LinkedHashMap<>();
        Map<Row, Report.Skipped> skipped = new LinkedHashMap<>();
        rows.forEach(row -> results.put(row, new RowResult(row)));
        Progress progress = new Progress(err, Boolean.getBoolean(TERMINAL_PROPERTY), rows.size() * plan.trials());
        try (RunDirectory directory = RunDirectory.create()) {
            RowRunner pairs = new PairRunner(directory, plan, options.pin());
            RowRunner yardsticks = Yardstick.runner(directory, plan, options.pin());
            // All rows before the next trial, so that a change of the machine's mood meets them alike.
            for (int trial = 0; trial < plan.trials(); trial++) {
                for (Row row : rows) {
                    progress.start(row.key());
                    String outcome = skipped.containsKey(row) ? "left out"
                        : run(row, Yardstick.measures(row) ? yardsticks : pairs, results.get(row), skipped);
                    progress.finish(row.key(), outcome);
                }
            }
        }
        skipped.keySet().forEach(results::remove);
        return new Report(Machine.describe(options.pin()), System.getProperty(COMMIT_PROPERTY, "unknown"),
            List.copyOf(results.values()), List.copyOf(skipped.values()));
    }

    private static String run(Row row, RowRunner runner, RowResult result, Map<Row, Report.Skipped> skipped)
        throws InterruptedException {
        try {
            Measurement measured = runner.run(row);
            result.add(measured);
            return Table.summary(measured.figures());
        } catch (RowRunner.SkippedException e) {
            skipped.put(row, new Report.Skipped(row, e.getMessage(), false));
            return "skipped, " + e.getMessage();
        } catch (IOException e) {
            skipped.put(row, new Report.Skipped(row, e.getMessage(), true));
            return "FAILED, " + e.getMessage();
        }
    }
}
