package io.millrace.tools;

import io.millrace.domain.DomainInspector;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which domain a command looks at. */
final class DomainOption {
    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--domain", paramLabel = "DIR",
        description = "The domain's directory; else MILLRACE_DOMAIN, else the default domain.")
    private Path directory;

    /** Opens the domain, to look at it. */
    DomainInspector open() throws IOException {
        return directory == null ? DomainInspector.open() : DomainInspector.open(directory);
    }

    /** Looks for an object; a name that none can have is wrong usage. */
    DomainInspector.ObjectStatus find(DomainInspector domain, String name) throws IOException {
        try {
            return domain.object(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
