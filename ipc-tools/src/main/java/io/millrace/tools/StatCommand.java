package io.millrace.tools;

import io.millrace.domain.DomainInspector;
import io.millrace.domain.DomainInspector.ObjectStatus;
import io.millrace.pipe.PipeInspector;
import io.millrace.ring.ChainStatus;
import io.millrace.sync.LockInspector;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code millrace stat}. */
@Command(name = "stat", mixinStandardHelpOptions = true, versionProvider = Version.class,
    description = {"Shows one object of a domain: limits, counts, rings, who has items in hand; the"
        + " values of cells. Reads only."})
final class StatCommand implements Callable<Integer> {
    private static final String LINE = "%-12s %s%n";

    @Mixin
    private DomainOption option;

    @Option(names = "--json", description = "As JSON, on standard output.")
    private boolean json;

    @Parameters(paramLabel = "NAME", description = "The object's name in its domain.")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (DomainInspector domain = option.open()) {
            Look look = Look.at(domain, option.find(domain, name));
            out.print(json ? Look.json(domain, Map.of("object", look.toMap())) : text(domain, look));
            out.flush();
        }
        return 0;
    }

    private static String text(DomainInspector domain, Look look) {
        ObjectStatus object = look.object();
        StringBuilder text = new StringBuilder();
        line(text, "name", object.name());
        line(text, "domain", domain.directory());
        line(text, "kind", look.kind());
        if (object.problem() == null) {
            line(text, "lifetime", object.removed() ? "removed" : object.named() ? "named" : "anonymous");
            line(text, "creator", "participant " + object.creator());
            line(text, "users", participants(object.users()));
            line(text, "dead users", participants(object.deadUsers()));
        } else {
            line(text, "damaged", object.problem());
        }
        line(text, "age", Units.age(Duration.between(object.since(), Instant.now())) + ", since " + object.since());
        line(text, "size", Units.bytes(object.bytes()) + " in " + Units.count(1 + object.parts().size(), "file"));
        if (look.queue() != null) {
            queue(text, look);
        }
        if (look.pipe() != null) {
            pipe(text, look.pipe());
        }
        if (look.lock() != null) {
            line(text, "lock", lock(look.lock()));
        }
        if (look.cells() != null) {
            Columns cells = new Columns("LABEL", "TYPE", ">VALUE");
            look.cells().forEach(cell -> cells.add(printable(cell.label()), cell.type(), printable(cell.value())));
            text.append('\n').append(cells);
        }
        look.findings().forEach(finding -> line(text, "finding", finding.sort() + ": " + finding.detail()));
        return text.toString();
    }

    private static void queue(StringBuilder text, Look look) {
        ChainStatus chain = look.queue().chain();
        int itemsMax = look.queue().itemsMax();
        line(text, "codec", look.queue().codec());
        line(text, "depth", chain.waiting() + (itemsMax > 0 ? " of " + itemsMax + " items" : " items, no limit"));
        line(text, "being put", chain.claimed());
        line(text, "taken", chain.taken());
        if (look.unfinished() >= 0) {
            line(text, "unfinished", look.unfinished());
        }
        line(text, "dropped", chain.dropped());
        line(text, "bytes, most", Units.bytes(look.queue().bytesMax()));
        Columns rings = new Columns(">RING", ">CREATOR", ">CAPACITY", ">USED", ">DEPTH", ">BEING PUT", ">TAKEN",
            ">DROPPED");
        for (ChainStatus.Ring ring : chain.rings()) {
            rings.add(ring.id(), ring.creator(), Units.bytes(ring.capacity()), Units.bytes(ring.used()),
                ring.waiting(), ring.claimed(), ring.taken(), ring.dropped());
        }
        text.append('\n').append(rings);
        if (!chain.hands().isEmpty()) {
            Columns hands = new Columns(">PARTICIPANT", ">BEING PUT", ">TAKEN");
            chain.hands().forEach(hand -> hands.add(hand.owner(), hand.claimed(), hand.taken()));
            text.append('\n').append(hands);
        }
    }

    private static void pipe(StringBuilder text, PipeInspector.Status pipe) {
        line(text, "duplex", pipe.duplex());
        line(text, "lanes of", Units.bytes(pipe.laneCapacity()));
        Columns ends = new Columns("END", "STATE", "HOLDERS", "DEAD HOLDERS", "RECEIVING", ">LANES TO IT");
        for (int i = 0; i < pipe.ends().size(); i++) {
            PipeInspector.End end = pipe.ends().get(i);
            ends.add(i == 0 ? "first" : "second", end.over() ? "over" : "held", participants(end.holders()),
                participants(end.deadHolders()), end.receiver() == 0 ? "nobody" : end.receiver(), end.lanes().size());
        }
        text.append('\n').append(ends);
    }

    private static String lock(LockInspector.Status lock) {
        String holder = lock.owner() == 0 ? "free" : "held " + Units.count(lock.holds(), "time") + " by thread "
            + lock.thread() + " of participant " + lock.owner() + (lock.holderIsDead() ? ", which is dead" : "");
        return lock.abandoned() ? holder + "; abandoned" : holder;
    }

    private static String participants(List<Integer> ids) {
        return ids.isEmpty() ? "none" : ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** What is in shared memory may be anything, and is not to command the terminal. */
    private static String printable(Object value) {
        return value.toString().replaceAll("\\p{Cntrl}", "?");
    }

    private static void line(StringBuilder text, String title, Object value) {
        text.append(String.format(LINE, title, value));
    }
}
