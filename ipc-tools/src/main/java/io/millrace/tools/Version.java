package io.millrace.tools;

import io.millrace.bench.Bench;
import picocli.CommandLine.IVersionProvider;

/** The release, the commit if it is known, and the JVM. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String release = Millrace.class.getPackage().getImplementationVersion();
        String commit = System.getProperty(Bench.COMMIT_PROPERTY);
        return new String[] {
            "millrace " + (release == null ? "unpackaged" : release) + (commit == null ? "" : " (" + commit + ")"),
            System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version")
        };
    }
}
