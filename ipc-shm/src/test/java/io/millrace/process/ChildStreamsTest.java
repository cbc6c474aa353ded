package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard output and error of children, there or not. */
class ChildStreamsTest extends ProcessContract {
    @TempDir
    private Path directory;

    @Test
    void outputGoesWhereItIsToldByWholeLines() throws Exception {
        Path output = directory.resolve("output");
        List<JvmProcess> children = IntStream.range(0, 3).mapToObj(i -> start(JvmProcess.builder(Work::print,
            "line of " + i).domain(domain()).redirectOutput(Redirect.appendTo(output.toFile()))
            .redirectError(Redirect.appendTo(output.toFile())))).toList();
        for (JvmProcess child : children) {
            child.join();
        }
        assertThat(Files.readString(output)).contains("without an end");
        assertThat(Files.readString(output).replace("without an end", "").lines())
            .containsExactlyInAnyOrder("line of 0", "line of 1", "line of 2", "error: line of 0", "error: line of 1",
                "error: line of 2");
    }

    @Test
    void aParentWithAStreamClosedAndItsChildPrintAndWorkAllTheSame() throws Exception {
        List<JvmProcess> parents = new ArrayList<>();
        for (String closed : List.of(">&-", "2>&-")) {
            parents.add(start(JvmProcess.builder(Work::printInTwoGenerations, said).domain(domain()).name(closed)
                .options("-Dmillrace.domain=" + domain()).java(JavaScript.redirected(directory, closed))
                .redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD)));
        }
        for (JvmProcess parent : parents) {
            parent.join();
            assertThat(parent.exitCode()).hasValue(0);
        }
        assertThat(List.of(said.get(), said.get())).as("what their children read, and polled")
            .containsExactlyInAnyOrder(">&-:1: -1, null", "2>&-:1: -1, null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "remove", "break"})
    void aTaskMayDoAsItLikesWithItsStreams(String how) throws Exception {
        Path output = directory.resolve("output");
        JvmProcess exiting = start(JvmProcess.builder(Work::spoilStreams, how, 143).domain(domain())
            .redirectOutput(Redirect.to(output.toFile())).redirectError(Redirect.DISCARD));
        JvmProcess failing = start(JvmProcess.builder(Work::spoilStreams, how, -1).domain(domain())
            .redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD));
        exiting.join();
        failing.join();
        assertThat(exiting.exitCode()).as("not taken for a signal").hasValue(143);
        assertThat(output).hasContent("printed before, without an end");
        assertThat(failing.exitCode()).hasValue(1);
        assertThat(failing.uncaughtException()).get().isInstanceOf(IllegalStateException.class);
    }
}
