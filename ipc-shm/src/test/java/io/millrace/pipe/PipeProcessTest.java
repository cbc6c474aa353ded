package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.millrace.domain.SharedDirectory;
import io.millrace.process.JvmProcess;
import io.millrace.process.JvmProcessBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Pipes between JVMs, some of which are killed. Afterwards no file is left. */
@Timeout(120)
class PipeProcessTest {
    @TempDir(factory = SharedDirectory.class)
    private Path parent;
    private final List<JvmProcess> children = new ArrayList<>();
    private final List<Pipe> pipes = new ArrayList<>();

    private Pipe pipe(boolean duplex) {
        Pipe pipe = Pipe.builder(duplex).domain(parent.resolve("domain")).create();
        pipes.add(pipe);
        return pipe;
    }

    private JvmProcess start(JvmProcessBuilder builder) {
        JvmProcess child = builder.domain(parent.resolve("domain")).start();
        children.add(child);
        return child;
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        for (JvmProcess child : children) {
            child.kill();
            child.join();
        }
        pipes.forEach(Pipe::close);
        try (Stream<Path> files = Files.list(parent.resolve("domain"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("lock", "table");
        }
    }

    @Test
    void aChildServesUntilTheParentClosesAndTheParentMayCloseItsCopyAtOnce() throws Exception {
        Pipe pipe = pipe(true);
        JvmProcess child = start(JvmProcess.builder(PipeWork::sum, pipe.first(), pipe.second()));
        pipe.first().close();
        pipe.second().send(List.of(4, 5));
        assertThat(pipe.second().receive(Integer.class)).isEqualTo(9);
        pipe.second().send(List.of(7, 35));
        assertThat(pipe.second().receive(Integer.class)).isEqualTo(42);
        pipe.second().close();
        child.join();
        assertThat(child.exitCode()).hasValue(0);
    }

    @Test
    void fiveChildrenSendOnTheSameEndAndTheStreamIsOverBehindTheLast() throws Exception {
        Pipe pipe = pipe(false);
        for (int i = 0; i < 5; i++) {
            start(JvmProcess.builder(PipeWork::send, pipe.second(), 20));
        }
        pipe.second().close();
        int sum = 0;
        for (int i = 0; i < 100; i++) {
            sum += pipe.first().receive(Integer.class);
        }
        assertThat(sum).isEqualTo(5 * 190);
        assertThatThrownBy(pipe.first()::receive).isInstanceOf(EndOfStreamException.class);
    }

    @Test
    void aSenderThatIsKilledLeavesWholeMessagesAndThenTheEndOfTheStream() throws Exception {
        Pipe pipe = pipe(false);
        JvmProcess child = start(JvmProcess.builder(PipeWork::sendForEver, pipe.second()));
        pipe.second().close();
        for (int i = 0; i < 200; i++) {
            check(pipe.first().receiveBytes(), i);
        }
        child.kill();
        int next = 200;
        try {
            while (true) {
                check(pipe.first().receiveBytes(Duration.ofSeconds(30)), next++);
            }
        } catch (EndOfStreamException e) {
            assertThat(next).isGreaterThanOrEqualTo(200); // the one that was on its way may have been a long one
        }
    }

    private static void check(byte[] message, int number) {
        assertThat(message).hasSize(number % 10 == 0 ? 1_000_000 : 100);
        byte[] expected = new byte[message.length];
        java.util.Arrays.fill(expected, (byte) number);
        assertThat(message).isEqualTo(expected);
    }

    @Test
    void aReceiverThatIsKilledBreaksThePipeOfOneWhoWaitsForRoom() throws Exception {
        Pipe pipe = pipe(false);
        JvmProcess child = start(JvmProcess.builder(PipeWork::receiveForEver, pipe.first()));
        pipe.first().close();
        pipe.second().sendBytes(new byte[3_000_000]);
        child.kill();
        assertThatThrownBy(() -> {
            while (true) {
                pipe.second().sendBytes(new byte[100_000]);
            }
        }).isInstanceOf(BrokenPipeException.class);
    }

    @Test
    void anEndIsHeldByAChildThatDoesNothingWithItAndOverWhenThatIsKilled() throws Exception {
        Pipe pipe = pipe(false);
        Pipe talk = pipe(false);
        JvmProcess child = start(JvmProcess.builder(PipeWork::hold, pipe.second(), talk.second()));
        pipe.second().close();
        assertThat(talk.first().receive()).isEqualTo("holding true");
        assertThat(pipe.first().poll(Duration.ofMillis(100))).isFalse();
        child.kill();
        assertThatThrownBy(pipe.first()::receive).isInstanceOf(EndOfStreamException.class);
    }

    @Test
    void ofALongMessageWhoseSenderIsKilledInTheMiddleNothingIsReceived() throws Exception {
        Pipe pipe = pipe(false);
        Pipe talk = pipe(false);
        JvmProcess child = start(JvmProcess.builder(PipeWork::sendLong, pipe.second(), talk.second()));
        assertThat(talk.first().receive()).isEqualTo("begins");
        assertThat(pipe.first().poll(Duration.ofSeconds(50))).isTrue();
        child.kill();
        child.join();
        pipe.second().send("of another sender");
        assertThat(pipe.first().receive()).isEqualTo("of another sender");
        pipe.second().close();
        assertThatThrownBy(pipe.first()::receive).isInstanceOf(EndOfStreamException.class);
    }

    @Test
    @EnabledIfSystemProperty(named = "torture", matches = "[1-9].*")
    void aMessageOfAGibibyteGoesThrough() throws Exception {
        Pipe pipe = pipe(false);
        Pipe talk = pipe(false);
        start(JvmProcess.builder(PipeWork::receiveOne, pipe.first(), talk.second()).options("-Xmx1600m"));
        start(JvmProcess.builder(PipeWork::sendOne, pipe.second(), talk.second(), 1 << 30).options("-Xmx1600m"));
        Object one = talk.first().receive();
        assertThat(one).asInstanceOf(LIST).first().isEqualTo(1 << 30);
        assertThat(talk.first().receive()).isEqualTo(one);
    }

    @Test
    void aReceiverThatIsKilledInTheMiddleOfALongMessageLeavesWhatComesBehind() throws Exception {
        Pipe pipe = pipe(false);
        Pipe talk = pipe(false);
        assertThatThrownBy(() -> pipe.second().sendBytes(new byte[50_000_000], Duration.ofMillis(1)))
            .isInstanceOf(java.util.concurrent.TimeoutException.class);
        JvmProcess child = start(JvmProcess.builder(PipeWork::receiveABeginning, pipe.first(), talk.second()));
        assertThat(talk.first().receive()).isEqualTo("has begun");
        pipe.second().send("behind");
        assertThat(pipe.first().poll(Duration.ofMillis(50))).as("it is the other's turn").isFalse();
        child.kill();
        assertThat(pipe.first().receive()).isEqualTo("behind");
    }

    @Test
    void aChildThatClosesItsHandleAndEndsAtOnceLeavesTheEndToTheOthers() throws Exception {
        Pipe pipe = pipe(false);
        start(JvmProcess.builder(PipeWork::closeAtOnce, pipe.second())).join();
        pipe.second().send("mine");
        pipe.second().close();
        assertThat(pipe.first().receive()).isEqualTo("mine");
        assertThatThrownBy(pipe.first()::receive).isInstanceOf(EndOfStreamException.class);
    }

    @Test
    void anEndThatAChildNeverLooksAtIsOverWithTheChild() throws Exception {
        Pipe pipe = pipe(false);
        JvmProcess child = start(JvmProcess.builder(PipeWork::nothing, pipe.second()));
        pipe.second().close();
        assertThatThrownBy(pipe.first()::receive).isInstanceOf(EndOfStreamException.class);
        child.join();
        assertThat(child.exitCode()).hasValue(0);
    }
}
