package io.millrace.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One JVM of a pair, or one that is measured alone. It talks to the harness in lines: {@code ready ADDRESS} when the
 * other side may connect, which is told {@code connect ADDRESS}, and {@code result JSON} at the end.
 *
 * <p>A pair of one producer and one consumer is told {@code warm-up NANOS}, then {@code turn NANOS} any number of
 * times, and answers each with {@code turned JSON}; in between both sleep. At {@code end} they give the result.
 * Others measure as the plan says; of a crowd the receivers say {@code measured}, and the senders are told {@code
 * stop}. When standard input ends, the harness is gone and so is this process.
 */
public final class PeerMain {
    static final String READY = "ready ";
    static final String CONNECT = "connect ";
    static final String WARM_UP = "warm-up ";
    static final String TURN = "turn ";
    static final String TURNED = "turned ";
    static final String END = "end";
    static final String MEASURED = "measured";
    static final String RESULT = "result ";

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
    private final Commands commands = Commands.read(System.in);

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
                    report(LoneSubject.of(row).measure(directory, plan));
                }
            }
        }
    }

    private void add(int sides) throws IOException, InterruptedException {
        report(new Adder(AddSubject.of(row), directory, plan, sides).measure());
    }

    private Transport transport() {
        return Subject.named(row.subject()).transport(row.payloadBytes(), row.waitMode());
    }

    private void listen(Transport transport) throws IOException, InterruptedException {
        String address = transport.bind(directory);
        if (row.takesTurns()) {
            try (TurnEnd end = TurnEnd.create(directory)) {
                System.out.println(READY + address);
                try (Link link = transport.accept()) {
                    takeTurns(Player.listening(row, link, end));
                }
            }
            return;
        }
        System.out.println(READY + address);
        try (Links links = new Links(row.ends().consumers(), transport::accept)) {
            report(new CrowdReceivers(row, plan, links.all()).run(() -> System.out.println(MEASURED)));
        }
    }

    private void connect(Transport transport) throws IOException, InterruptedException {
        String address = commands.next().substring(CONNECT.length());
        if (row.takesTurns()) {
            try (TurnEnd end = TurnEnd.open(directory); Link link = transport.connect(directory, address)) {
                takeTurns(Player.connecting(row, link, end));
            }
            return;
        }
        try (Links links = new Links(row.ends().producers(), () -> transport.connect(directory, address))) {
            report(new CrowdSenders(plan, commands.stop(), links.all()).run());
        }
    }

    private void takeTurns(Player player) throws IOException, InterruptedException {
        String command = commands.next();
        while (!command.equals(END)) {
            boolean warmsUp = command.startsWith(WARM_UP);
            Measurement turn = player.turn(Long.parseLong(command.substring((warmsUp ? WARM_UP : TURN).length())));
            if (warmsUp) {
                player.forget();
            }
            say(TURNED, turn);
            command = commands.next();
        }
        report(player.end());
    }

    private static void say(String what, Measurement measured) throws IOException {
        System.out.println(what + JSON.std.asString(measured.figures()));
    }

    /** Says what came out, and waits until it is told to stop: the other side may still need this one. */
    private void report(Measurement measured) throws IOException {
        say(RESULT, measured);
        try {
            commands.stop().await();
        } catch (InterruptedException e) {
            // Only who reads the commands interrupts, and only to stop.
        }
    }
}
