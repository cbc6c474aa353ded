package io.millrace.tools;

import io.millrace.domain.DomainInspector;
import io.millrace.domain.DomainInspector.ObjectStatus;
import io.millrace.pipe.PipeInspector;
import io.millrace.queue.QueueInspector;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code millrace dump}. */
@Command(name = "dump", mixinStandardHelpOptions = true, versionProvider = Version.class,
    description = {"Decodes the files of one object: headers, fields, the control words of records. Reads only."})
final class DumpCommand implements Callable<Integer> {
    @Mixin
    private DomainOption option;

    @Parameters(paramLabel = "NAME", description = "The object's name in its domain.")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (DomainInspector domain = option.open()) {
            ObjectStatus object = option.find(domain, name);
            out.print(domain.dump(name));
            out.println("users: " + object.users() + ", dead: " + object.deadUsers());
            if (QueueInspector.isQueue(object.kind())) {
                out.print(QueueInspector.dump(domain, name));
            } else if (PipeInspector.isPipe(object.kind())) {
                out.print(PipeInspector.dump(domain, name));
            }
            out.flush();
        }
        return 0;
    }
}
