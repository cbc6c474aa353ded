package io.millrace.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One trial of rows that take turns: all are started and warmed up, then each has its turn in every round. A machine
 * that changes its state every few seconds meets all rows of a round in the same.
 */
final class TurnsTrial {
    private final Plan plan;
    private final Session.Starter starter;
    private final Outcomes outcomes;

    TurnsTrial(Plan plan, Session.Starter starter, Outcomes outcomes) {
        this.plan = plan;
        this.starter = starter;
        this.outcomes = outcomes;
    }

    /** A row that fails ends its processes; the others go on. */
    void run(List<Row> rows) throws InterruptedException {
        Map<Row, Session> sessions = new LinkedHashMap<>();
        try {
            for (Row row : rows) {
                outcomes.progress().start(row.key());
                start(row, sessions);
            }
            if (sessions.size() > 1) {
                outcomes.progress().start(rows.get(0).scenario() + " in turns: "
                    + sessions.keySet().stream().map(Row::subject).collect(Collectors.joining(", ")));
            }
            List<Row> order = new ArrayList<>(sessions.keySet());
            for (int round = 0; round < plan.turns(); round++) {
                outcomes.measured(round(order, sessions));
                // Nobody is always the first of a round.
                Collections.rotate(order, 1);
            }
            for (Row row : rows) {
                end(row, sessions);
            }
        } finally {
            sessions.values().forEach(Session::close);
        }
    }

    private void start(Row row, Map<Row, Session> sessions) throws InterruptedException {
        try {
            sessions.put(row, starter.start(row));
        } catch (IOException e) {
            outcomes.failed(row, e);
        }
    }

    private Map<Row, Measurement> round(List<Row> order, Map<Row, Session> sessions) throws InterruptedException {
        Map<Row, Measurement> turns = new LinkedHashMap<>();
        for (Row row : order) {
            if (sessions.containsKey(row)) {
                try {
                    turns.put(row, sessions.get(row).turn(Plan.TURN));
                } catch (IOException e) {
                    sessions.remove(row).close();
                    outcomes.failed(row, e);
                }
            }
        }
        return turns;
    }

    private void end(Row row, Map<Row, Session> sessions) throws InterruptedException {
        if (sessions.containsKey(row)) {
            try (Session session = sessions.remove(row)) {
                outcomes.measured(row, session.end());
            } catch (IOException e) {
                outcomes.failed(row, e);
            }
        }
    }
}
