package io.millrace.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.rules.fixtures.ApiSample;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nobody changes the API of the core without seeing it in a diff. */
class ApiDumpTest {
    @Test
    void apiIsTheOneOnRecord() throws IOException {
        ApiRecord.of("ipc-core").check(Project.CORE);
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
