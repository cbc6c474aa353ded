package io.millrace.tools;

import io.millrace.domain.Domain;
import io.millrace.domain.DomainInspector;
import io.millrace.domain.DomainInspector.ObjectStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code millrace rm}. */
@Command(name = "rm", mixinStandardHelpOptions = true, versionProvider = Version.class,
    description = {"Removes one object of a domain and all that is in it, whoever uses it: its users get an"
        + " ObjectRemovedException."})
final class RmCommand implements Callable<Integer> {
    @Mixin
    private DomainOption option;

    @Parameters(paramLabel = "NAME", description = "The object's name in its domain.")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (DomainInspector before = option.open()) {
            ObjectStatus object = option.find(before, name);
            try (Domain domain = Domain.join(before.directory())) {
                boolean gone = domain.remove(name);
                int users = object.users().size();
                out.println("removed " + name + (users == 0 ? "" : ", which had " + Units.count(users, "user"))
                    + (gone ? "" : "; its files go when another removal that is under way is done"));
                out.flush();
            }
        }
        return 0;
    }
}
