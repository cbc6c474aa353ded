package io.millrace.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The file that has the API of a module on record.
 *
 * @param module its name
 */
record ApiRecord(String module) {
    private static final String PROPERTY = "millrace.api.write";

    static ApiRecord of(String module) {
        return new ApiRecord(module);
    }

    /** Compares it with what these classes show; writes it first if that is asked for. */
    void check(JavaClasses classes) throws IOException {
        Path file = Project.ROOT.resolve("api").resolve(module + ".txt");
        List<String> actual = ApiDump.of(classes.stream().map(type -> type.reflect()));
        if (Boolean.getBoolean(PROPERTY)) {
            Files.createDirectories(file.getParent());
            Files.write(file, actual);
        }
        assertThat(Project.lines(file))
            .as("api/" + module + ".txt; if the change is meant: mvn -pl " + module + " -am test -Dtest='*ApiDumpTest'"
                + " -Dsurefire.failIfNoSpecifiedTests=false -D" + PROPERTY + "=true, and commit the file")
            .isEqualTo(actual);
    }
}
