package io.millrace.bench;

import java.io.IOException;
import java.util.List;

/** Runs the trials of all rows. */
final class Trials {
    private final Plan plan;
    private final RowRunner runner;
    private final TurnsTrial turns;
    private final Outcomes outcomes;

    /** Rows that take turns are measured in sessions, the others by {@code runner}. */
    Trials(Plan plan, RowRunner runner, Session.Starter sessions, Outcomes outcomes) {
        this.plan = plan;
        this.runner = runner;
        this.turns = new TurnsTrial(plan, sessions, outcomes);
        this.outcomes = outcomes;
    }

    /** All rows before the next trial, so that a change of the machine's mood meets them alike. */
    void run(List<Row> rows) throws InterruptedException {
        List<List<Row>> groups = Groups.of(rows);
        for (int trial = 0; trial < plan.trials(); trial++) {
            for (List<Row> group : groups) {
                runOnce(group);
            }
        }
    }

    private void runOnce(List<Row> group) throws InterruptedException {
        List<Row> rows = group.stream().filter(outcomes::takesPart).toList();
        if (group.get(0).takesTurns()) {
            turns.run(rows);
        } else {
            for (Row row : rows) {
                run(row);
            }
        }
    }

    private void run(Row row) throws InterruptedException {
        outcomes.progress().start(row.key());
        try {
            outcomes.measured(row, runner.run(row));
        } catch (IOException e) {
            outcomes.failed(row, e);
        }
    }
}
