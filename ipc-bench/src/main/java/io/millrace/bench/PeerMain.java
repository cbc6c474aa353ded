package io.millrace.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One JVM of a pair, or one that is measured alone. It talks to the harness in lines: {@code ready ADDRESS} when the
 * other side may connect, {@code measured} when the senders may end their streams, {@code result JSON} at the end;
 * it is told {@code connect ADDRESS} and {@code stop}. When its standard input ends, the harness is gone and so is
 * this process.
 */
public final class PeerMain {
    static final String READY = "ready ";
    static final String CONNECT = "connect ";
    static final String MEASURED = "measured";
    static final String RESULT = "result ";
    static final String STOP = "stop";

    /** What a side does. */
    enum Side {
        /** Binds; receives in {@code throughput}, echoes in {@code round-trip}. */
        LISTENER,
        /** Connects; sends in {@code throughput}, pings in {@code round-trip}. */
        CONNECTOR,
        /** Is measured without another that the harness would start. */
        ALONE
    }

    private final Row row;
    private final Plan plan;
    private final Path directory;
    private final Stop stop = new Stop();
    private final BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private PeerMain(Row row, Plan plan, Path directory) {
        this.row = row;
        this.plan = plan;
        this.directory = directory;
    }

    /** The arguments are those that the harness gives. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> words = List.of(arguments);
        Row row = new Row(Scenario.valueOf(words.get(1)), words.get(2), Integer.parseInt(words.get(3)),
            WaitMode.valueOf(words.get(4)), new Ends(Integer.parseInt(words.get(5)), Integer.parseInt(words.get(6))));
        Plan plan = new Plan(Duration.parse(words.get(8)), Duration.parse(words.get(9)), 1,
            Integer.parseInt(words.get(10)));
        new PeerMain(row, plan, Path.of(words.get(7))).run(Side.valueOf(words.get(0)));
        // The thread that reads standard input cannot be interrupted.
        Runtime.getRuntime().halt(0);
    }

    /** Arguments of a peer, for the harness that starts it. */
    static List<String> arguments(Side side, Row row, Path directory, Plan plan) {
        return List.of(side.name(), row.scenario().name(), row.subject(), Integer.toString(row.payloadBytes()),
            row.waitMode().name(), Integer.toString(row.ends().producers()), Integer.toString(row.ends().consumers()),
            directory.toString(), plan.warmUp().toString(), plan.measurement().toString(),
            Integer.toString(plan.kills()));
    }

    private void run(Side side) throws IOException, InterruptedException {
        switch (side) {
            case LISTENER, CONNECTOR -> {
                if (row.scenario() == Scenario.CONTENDED_ADD) {
                    add(2);
                } else if (side == Side.LISTENER) {
                    listen(transport());
                } else {
                    connect(transport());
                }
            }
            case ALONE -> {
                if (row.scenario() == Scenario.CONTENDED_ADD) {
                    add(1);
                } else {
                    watch();
                    report(LoneSubject.of(row).measure(directory, plan));
                }
            }
        }
    }

    private void add(int sides) throws IOException, InterruptedException {
        watch();
        report(new Adder(AddSubject.of(row), directory, plan, sides).measure());
    }

    private Transport transport() {
        return Subject.named(row.subject()).transport(row.payloadBytes(), row.waitMode());
    }

    private void listen(Transport transport) throws IOException, InterruptedException {
        System.out.println(READY + transport.bind(directory));
        watch();
        try (Links links = new Links(row.ends().consumers(), transport::accept)) {
            if (row.scenario() == Scenario.ROUND_TRIP) {
                report(new RoundTrip(row, plan, stop).echo(links.first()));
            } else if (row.ends().isOneEach()) {
                report(new Stream(row, plan, stop).receive(links.first()));
            } else {
                report(new CrowdReceivers(row, plan, links.all()).run(() -> System.out.println(MEASURED)));
            }
        }
    }

    private void connect(Transport transport) throws IOException, InterruptedException {
        String command = commands.readLine();
        if (command == null) {
            return;
        }
        String address = command.substring(CONNECT.length());
        watch();
        try (Links links = new Links(row.ends().producers(), () -> transport.connect(directory, address))) {
            if (row.scenario() == Scenario.ROUND_TRIP) {
                report(new RoundTrip(row, plan, stop).ping(links.first()));
            } else if (row.ends().isOneEach()) {
                report(new Stream(row, plan, stop).send(links.first()));
            } else {
                report(new CrowdSenders(plan, stop, links.all()).run());
            }
        }
    }

    /** Says what came out, and waits until it is told to stop: the other side may still need this one. */
    private void report(Measurement measured) throws IOException {
        System.out.println(RESULT + JSON.std.asString(measured.figures()));
        try {
            stop.await();
        } catch (InterruptedException e) {
            // Only the watcher interrupts, and only to stop.
        }
    }

    /** Lets the harness stop this side, and ends the process when the harness is gone. */
    private void watch() {
        Thread main = Thread.currentThread();
        Thread watcher = new Thread(() -> {
            try {
                if (STOP.equals(commands.readLine())) {
                    stop.give();
                    main.interrupt();
                    commands.readLine();
                }
            } catch (IOException e) {
                // As if it had ended.
            }
            Runtime.getRuntime().halt(1);
        }, "watch-harness");
        watcher.setDaemon(true);
        watcher.start();
    }
}
