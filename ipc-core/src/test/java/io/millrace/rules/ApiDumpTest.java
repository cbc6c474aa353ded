package io.millrace.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.rules.fixtures.ApiSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nobody changes the API of the core without seeing it in a diff. */
class ApiDumpTest {
    private static final String PROPERTY = "millrace.api.write";
    private static final Path FILE = Project.ROOT.resolve("api/ipc-core.txt");

    @Test
    void apiIsTheOneOnRecord() throws IOException {
        List<String> actual = ApiDump.of(Project.CORE.stream().map(type -> type.reflect()));
        if (Boolean.getBoolean(PROPERTY)) {
            Files.createDirectories(FILE.getParent());
            Files.write(FILE, actual);
        }
        assertThat(Project.lines(FILE))
            .as("api/ipc-core.txt; if the change is meant: mvn -pl ipc-core test -Dtest=ApiDumpTest -D"
                + PROPERTY + "=true, and commit the file")
            .isEqualTo(actual);
    }

    @Test
    void visibleMembersAreDumpedAndOthersAreNot() {
        assertThat(ApiDump.of(Stream.concat(
            Stream.of(ApiSample.class.getDeclaredClasses()), Stream.of(ApiSample.class)))).containsExactly(
            "public abstract class io.millrace.rules.fixtures.ApiSample<T extends java.lang.Object>"
                + " extends java.lang.Number implements java.io.Serializable",
            "  public static final int CONSTANT",
            "  protected new(java.util.List<? extends T>) throws java.io.IOException",
            "  protected <R extends java.lang.Object> R apply(java.util.function.Function<T, R>)",
            "  public final void run(java.lang.String[])");
    }
}
