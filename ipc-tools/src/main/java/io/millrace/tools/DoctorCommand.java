package io.millrace.tools;

import io.millrace.domain.Domain;
import io.millrace.domain.DomainInspector;
import io.millrace.domain.DomainInspector.Finding;
import io.millrace.domain.DomainInspector.ObjectStatus;
import io.millrace.domain.DomainInspector.Outlook;
import io.millrace.queue.QueueInspector;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code millrace doctor}. */
@Command(name = "doctor", mixinStandardHelpOptions = true, versionProvider = Version.class,
    description = {"Looks for what crashes have left in a domain: items in dead hands, orphans, half-created files,"
        + " damage. Reads only, unless told to repair."},
    footer = {"", "Exit code: 1 while anything mendable or damaged remains."})
final class DoctorCommand implements Callable<Integer> {
    private static final int REMAINS = 1;

    @Mixin
    private DomainOption option;

    @Option(names = "--repair", description = "Mend what can be mended, and take away what nobody can use any more.")
    private boolean repair;

    @Option(names = "--json", description = "As JSON, on standard output.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (DomainInspector domain = option.open()) {
            List<Finding> before = confirmed(domain);
            List<Finding> remaining = before;
            if (repair) {
                mend(domain);
                remaining = confirmed(domain);
            }
            List<Finding> rest = remaining;
            List<Finding> mended = before.stream().filter(one -> rest.stream().noneMatch(other -> isSame(one, other)))
                .toList();
            out.print(json ? json(domain, rest, mended) : text(domain, rest, mended));
            out.flush();
            return rest.stream().anyMatch(finding -> finding.outlook() != Outlook.REMARK) ? REMAINS : 0;
        }
    }

    /** What two looks have found: what is just being made or removed is found by one alone. */
    private static List<Finding> confirmed(DomainInspector domain) throws IOException {
        List<Finding> first = findings(domain);
        if (first.isEmpty()) {
            return first;
        }
        return findings(domain).stream().filter(one -> first.stream().anyMatch(other -> isSame(one, other))).toList();
    }

    private static boolean isSame(Finding one, Finding other) {
        return one.sort().equals(other.sort()) && one.name().equals(other.name());
    }

    private static List<Finding> findings(DomainInspector domain) throws IOException {
        List<Finding> findings = new ArrayList<>(domain.findings());
        for (ObjectStatus object : domain.objects()) {
            findings.addAll(Look.at(domain, object).findings());
        }
        return findings;
    }

    private void mend(DomainInspector domain) throws IOException {
        try (Domain joined = Domain.join(domain.directory())) {
            joined.reap();
            for (ObjectStatus object : domain.objects()) {
                if (object.problem() == null && !object.removed() && QueueInspector.isQueue(object.kind())) {
                    mendQueue(domain, object);
                }
            }
        }
    }

    private void mendQueue(DomainInspector domain, ObjectStatus object) {
        try {
            QueueInspector.repair(domain.directory(), object.name(), object.kind());
        } catch (IOException | RuntimeException e) {
            // What could not be mended is found again, and told then; this says why.
            spec.commandLine().getErr().println(
                spec.qualifiedName() + ": " + object.name() + ": " + Failure.describe(e));
        }
    }

    private static String text(DomainInspector domain, List<Finding> remaining, List<Finding> mended)
        throws IOException {
        if (remaining.isEmpty() && mended.isEmpty()) {
            return "nothing wrong with " + Units.count(domain.objects().size(), "object") + " in "
                + domain.directory() + "\n";
        }
        Columns columns = new Columns("OUTLOOK", "SORT", "NAME", "DETAIL");
        mended.forEach(finding -> columns.add("mended", finding.sort(), finding.name(), finding.detail()));
        remaining.forEach(finding -> columns.add(finding.outlook().name().toLowerCase(Locale.ROOT), finding.sort(),
            finding.name(), finding.detail()));
        return columns.toString();
    }

    private static String json(DomainInspector domain, List<Finding> remaining, List<Finding> mended)
        throws IOException {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("objects", domain.objects().size());
        content.put("mended", mended.stream().map(Look::toMap).toList());
        content.put("findings", remaining.stream().map(Look::toMap).toList());
        return Look.json(domain, content);
    }
}
