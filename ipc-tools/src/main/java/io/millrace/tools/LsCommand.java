package io.millrace.tools;

import io.millrace.domain.DomainInspector;
import io.millrace.domain.DomainInspector.ObjectStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code millrace ls}. */
@Command(name = "ls", mixinStandardHelpOptions = true, versionProvider = Version.class,
    description = {"Lists the objects of a domain: kind, depth, users. Reads only."})
final class LsCommand implements Callable<Integer> {
    @Mixin
    private DomainOption option;

    @Option(names = "--json", description = "As JSON, on standard output.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (DomainInspector domain = option.open()) {
            List<Look> looks = new ArrayList<>();
            for (ObjectStatus object : domain.objects()) {
                looks.add(Look.at(domain, object));
            }
            out.print(json ? Look.json(domain, Map.of("objects", looks.stream().map(Look::toMap).toList()))
                : looks.isEmpty() ? "no objects in " + domain.directory() + "\n" : table(looks));
            out.flush();
        }
        return 0;
    }

    private static String table(List<Look> looks) {
        Columns columns = new Columns("NAME", "KIND", ">DEPTH", ">USERS", ">SIZE", ">AGE", "STATE");
        for (Look look : looks) {
            ObjectStatus object = look.object();
            String depth = look.queue() != null ? Long.toString(look.queue().chain().waiting())
                : look.isKnown() && look.cells() == null ? "?" : "-";
            columns.add(object.name(), look.kind(), depth, object.problem() == null ? object.users().size() : "?",
                Units.bytes(object.bytes()), Units.age(Duration.between(object.since(), Instant.now())), state(look));
        }
        return columns.toString();
    }

    private static String state(Look look) {
        ObjectStatus object = look.object();
        if (object.problem() != null) {
            return "damaged: " + object.problem();
        }
        String state = object.removed() ? "removed" : object.named() ? "named" : "anonymous";
        return look.findings().isEmpty() ? state : state + "; " + look.findings().get(0).detail();
    }
}
