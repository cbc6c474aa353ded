package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the exit value of a process, its own word and the parent's deed make together. */
class ExitCodeTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, value = {
        "exit value, state, signal, killed, exit code",
        "0, ENDED, 0, false, 0",
        "7, ENDED, 0, false, 7",
        "143, SIGNALLED, 15, false, -15",
        "143, ENDED, 0, false, 143",
        "137, RUNNING, 0, false, -9",
        "137, LAUNCHED, 0, true, -9",
        "137, ENDED, 0, false, 137",
        "137, ENDED, 0, true, -9",
        "137, SIGNALLED, 15, true, -9",
        "0, ENDED, 0, true, 0",
    })
    void anExitCodeIsWhatTheProgramSaidOrMinusTheSignal(int exitValue, ChildState state, int signal, boolean killed,
        int exitCode) {
        assertThat(ExitCode.of(exitValue, state, signal, killed)).isEqualTo(exitCode);
    }
}
