package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MillraceTest {
    private static final int SUCCESS = 0;
    private static final int WRONG_USAGE = 2;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int millrace(String... arguments) {
        CommandLine commandLine = Millrace.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }

    @Test
    void helpListsTheCommands() {
        assertThat(millrace("--help")).isEqualTo(SUCCESS);
        assertThat(out.toString()).contains("bench", "Exit codes");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void everyCommandHasHelpAndVersion() {
        for (String command : Millrace.commandLine().getSubcommands().keySet()) {
            if (!command.equals("help")) {
                assertThat(millrace(command, "--help")).isEqualTo(SUCCESS);
                assertThat(millrace(command, "--version")).isEqualTo(SUCCESS);
                assertThat(out.toString()).contains("millrace " + command, System.getProperty("java.vm.name"));
            }
        }
    }

    @Test
    void noCommandIsWrongUsageAndShowsTheCommands() {
        assertThat(millrace()).isEqualTo(WRONG_USAGE);
        assertThat(err.toString()).contains("which command", "bench");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-command", "--no-such-option", "bench --no-such-option", "bench --only [",
        "bench --only", "bench extra"})
    void wrongUsageIsToldWithoutAStackTrace(String commandLine) {
        assertThat(millrace(commandLine.split(" "))).isEqualTo(WRONG_USAGE);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ", "Exception:");
    }
}
