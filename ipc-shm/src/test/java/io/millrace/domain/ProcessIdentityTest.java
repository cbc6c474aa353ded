package io.millrace.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.Background;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which process is gone for certain. */
@Timeout(60)
class ProcessIdentityTest {
    @TempDir
    Path directory;

    private ProcessIdentity here;

    @BeforeEach
    void look() throws IOException {
        here = ProcessIdentity.current();
    }

    private ProcessIdentity with(long pid, long startTicks) {
        return new ProcessIdentity(pid, startTicks, here.pidNamespace(), here.timeNamespace(), here.bootId());
    }

    private static ProcessIdentity of(Process process, ProcessIdentity like) throws IOException {
        return new ProcessIdentity(process.pid(), ProcessIdentity.startTicks(process.pid()), like.pidNamespace(),
            like.timeNamespace(), like.bootId());
    }

    @Test
    void whereProcessesOfOthersAreHiddenThatOneIsNotThereProvesNothing() {
        String proc = "22 28 0:21 / /proc rw,nosuid shared:12 - proc proc rw";
        assertThat(ProcessIdentity.mayHideOthers(List.of(proc, "1 2 0:3 / /tmp rw - tmpfs hidepid=2 rw"))).isFalse();
        for (String shown : List.of("hidepid=0", "hidepid=off", "gid=5,hidepid=0,subset=pid")) {
            assertThat(ProcessIdentity.mayHideOthers(List.of(proc + "," + shown))).as(shown).isFalse();
        }
        for (String hidden : List.of("hidepid=1", "hidepid=2", "hidepid=invisible", "gid=5,hidepid=2")) {
            assertThat(ProcessIdentity.mayHideOthers(List.of(proc + "," + hidden))).as(hidden).isTrue();
        }
    }

    @Test
    void processThatRunsMayRun() throws IOException {
        assertThat(here.mayRun()).isTrue();
        assertThat(here).isEqualTo(ProcessIdentity.current());
    }

    @Test
    void processThatEndedIsGoneAlsoBeforeAnybodyAskedForItsExitCode() throws Exception {
        // The shell becomes a program that never asks; the shell's child, told by a line, ends and stays a zombie.
        Process shell = new ProcessBuilder("sh", "-c", "exec 3<&0; (read line <&3) & echo $!; exec sleep 120")
            .redirectError(Redirect.DISCARD).start();
        try {
            long pid = Long.parseLong(shell.inputReader().readLine());
            ProcessIdentity zombie = with(pid, ProcessIdentity.startTicks(pid));
            assertThat(zombie.mayRun()).isTrue();
            Background.awaitUntil(() -> nameOf(shell).equals("sleep")); // a shell would still ask
            shell.getOutputStream().write('\n');
            shell.getOutputStream().close();
            Background.awaitUntil(() -> {
                try {
                    return !zombie.mayRun();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(Path.of("/proc", Long.toString(pid))).exists();
            ProcessIdentity sleeper = of(shell, here);
            shell.destroyForcibly().waitFor();
            assertThat(sleeper.mayRun()).isFalse();
        } finally {
            shell.destroyForcibly().waitFor();
        }
    }

    private static String nameOf(Process process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "comm")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void laterProcessOfTheSameNumberIsAnother() throws IOException {
        assertThat(with(here.pid(), here.startTicks() - 1).mayRun()).isFalse();
    }

    @Test
    void numberThatNobodyHasIsGone() throws IOException {
        assertThat(with(1L << 40, 1).mayRun()).isFalse();
    }

    @Test
    void whatIsOfAnotherNamespaceMayRun() throws IOException {
        assertThat(new ProcessIdentity(1L << 40, 1, here.pidNamespace() + 1, here.timeNamespace(), here.bootId())
            .mayRun()).isTrue();
        assertThat(new ProcessIdentity(1L << 40, 1, here.pidNamespace(), here.timeNamespace() + 1, here.bootId())
            .mayRun()).isTrue();
    }

    @Test
    void whatRanBeforeTheMachineWasStartedIsGone() throws IOException {
        assertThat(new ProcessIdentity(here.pid(), here.startTicks(), here.pidNamespace(), here.timeNamespace(),
            new UUID(1, 2)).mayRun()).isFalse();
    }

    @Test
    void noteKeepsIt() throws IOException {
        Path note = directory.resolve("note");
        LeaseNotes.write(note, here);
        assertThat(LeaseNotes.read(note)).isEqualTo(here);
    }
}
