package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.process.JvmProcess;
import io.millrace.testing.Background;
import io.millrace.wait.RemoteFence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread that receives again and again, alone, keeps the turn; whoever comes later gets it all the same. */
@Timeout(120)
class PipeKeptTurnTest extends PipeFixture {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int ROUNDS = 20;
    private static final int MESSAGES = 20_000;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeEach
    void needsRemoteFences() {
        assumeThat(RemoteFence.byKernel().register()).as("membarrier").isTrue();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T opened(T one) {
        opened.add(one);
        return one;
    }

    private Connection copyOfFirst() throws Exception {
        return opened(Handles.copy(first));
    }

    /** Receives so often that the thread keeps the turn. */
    private void keep() throws Exception {
        for (int i = 0; i < 2 * Receiver.KEEP_AFTER; i++) {
            second.send(i);
            assertThat(first.receive()).isEqualTo(i);
        }
        assertThat(keeps(first)).isTrue();
    }

    private static boolean keeps(Connection connection) {
        return connection.receiver().toString().contains("keeps it");
    }

    private JvmProcess child(JvmProcess child) {
        opened(() -> {
            child.kill();
            child.join();
        });
        return child;
    }

    @Test
    void aKeeperThatDoesNothingKeepsNoOtherHandleFromReceiving() throws Exception {
        keep();
        Connection other = copyOfFirst();
        second.send("for the other");
        assertThat(other.receive(LONG)).isEqualTo("for the other");
        second.send("for the first");
        assertThat(first.receive(LONG)).isEqualTo("for the first");
        assertThat(keeps(first)).isFalse();
    }

    @Test
    void aTurnThatWasWantedIsNotKeptAgain() throws Exception {
        keep();
        assertThat(copyOfFirst().poll()).isFalse();
        assertThatThrownBy(this::keep).isInstanceOf(AssertionError.class);
    }

    @Test
    void anotherThreadOfTheSameHandleReceives() throws Exception {
        keep();
        CompletableFuture<Object> received = Background.outcome(() -> first.receive(LONG));
        second.send("for the other thread");
        assertThat(received.get()).isEqualTo("for the other thread");
    }

    @Test
    void whoHasTheBeginningOfAMessageKeepsOthersAwayUntilItIsOver() throws Exception {
        keep();
        assertThatThrownBy(() -> second.sendBytes(new byte[10_000_000], SHORT)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> first.receiveBytes(SHORT)).isInstanceOf(TimeoutException.class);
        Connection other = copyOfFirst();
        second.send("behind it");
        assertThatThrownBy(() -> other.receive(SHORT)).isInstanceOf(TimeoutException.class);
        assertThat(first.receive(LONG)).isEqualTo("behind it");
        second.send("for the other");
        assertThat(other.receive(LONG)).isEqualTo("for the other");
    }

    @Test
    void aHandlerMayNotReceive() throws Exception {
        keep();
        second.send("outer");
        assertThatThrownBy(() -> first.read(message -> first.poll(), 1)).isInstanceOf(IllegalStateException.class);
        second.send("another");
        assertThatThrownBy(() -> first.read(message -> first.close(), 1)).isInstanceOf(IllegalStateException.class);
        second.send("last");
        assertThat(first.receive()).isEqualTo("last");
    }

    @Test
    void aKeeperThatClosesLeavesTheTurnToOthers() throws Exception {
        keep();
        Connection other = copyOfFirst();
        second.send("left");
        first.close();
        assertThatThrownBy(first::receive).isInstanceOf(IllegalStateException.class);
        assertThat(other.receive(LONG)).isEqualTo("left");
    }

    @Test
    void aClosedHandleNeverKeepsTheTurnHoweverOftenItIsAsked() throws Exception {
        Connection other = copyOfFirst();
        second.send("one");
        assertThat(first.receive()).isEqualTo("one");
        first.close();
        second.send("two");
        for (int i = 0; i < 3 * Receiver.KEEP_AFTER; i++) {
            assertThatThrownBy(() -> first.read(message -> { }, 1)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(other.receive(LONG)).isEqualTo("two");
    }

    @Test
    void aHandleIsClosedByAnotherThreadThanItsKeeper() throws Exception {
        keep();
        Connection other = copyOfFirst();
        second.send("left");
        Background.outcome(() -> {
            first.close();
            return null;
        }).get();
        assertThatThrownBy(first::receive).isInstanceOf(IllegalStateException.class);
        assertThat(other.receive(LONG)).isEqualTo("left");
    }

    @Test
    void eachMessageIsReceivedOnceWhoeverComesToAKeeperThatIsBusy() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Connection[] copy = new Connection[1];
            eachMessageIsReceivedOnce(round, () -> copy[0] = Handles.copy(first));
            copy[0].close();
        }
    }

    @Test
    void threadsOfOneHandleGetTheirMessagesInTheirOwnHandlers() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            eachMessageIsReceivedOnce(round, () -> first);
        }
    }

    /** By one thread alone at first, and then also by another, from what is made by then. */
    private void eachMessageIsReceivedOnce(int round, Callable<Connection> others) throws Exception {
        pipe.close();
        use(Pipe.builder(false));
        Connection to = second;
        AtomicIntegerArray received = new AtomicIntegerArray(MESSAGES);
        CompletableFuture<Object> keeper = Background.outcome(() -> receiveAllHere(first, received));
        CompletableFuture<Object> sender = Background.outcome(() -> sendAll(to));
        while (received.get(MESSAGES / 4) == 0) {
            Thread.onSpinWait();
        }
        Connection from = others.call();
        CompletableFuture<Object> other = Background.outcome(() -> receiveAllHere(from, received));
        assertThat(sender.get()).isEqualTo("sent");
        assertThat(List.of(keeper.get(), other.get())).hasOnlyElementsOfType(EndOfStreamException.class);
        for (int i = 0; i < MESSAGES; i++) {
            assertThat(received.get(i)).as("message " + i + " of round " + round).isEqualTo(1);
        }
    }

    private static Object receiveAllHere(Connection from, AtomicIntegerArray received) throws Exception {
        Thread here = Thread.currentThread();
        while (true) {
            from.read(message -> {
                if (Thread.currentThread() != here) {
                    throw new AssertionError("in the handler of another thread");
                }
                received.incrementAndGet(message.getIntPlain(0));
            }, 4, LONG);
        }
    }

    @Test
    void aHandlerThatTriesToReceiveGetsTheRestOfItsMessagesAllTheSame() throws Exception {
        keep();
        List<Integer> outer = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            second.sendBytes(new byte[i]);
        }
        first.read(message -> {
            outer.add(message.length());
            assertThatThrownBy(() -> first.read(inner -> outer.add(-1), 1)).isInstanceOf(IllegalStateException.class);
        }, 3);
        assertThat(outer).containsExactly(0, 1, 2);
    }

    private static Object sendAll(Connection to) throws Exception {
        for (int i = 0; i < MESSAGES; i++) {
            try (MessageClaim claim = to.claim(Integer.BYTES)) {
                claim.payload().putIntPlain(0, i);
                claim.send();
            }
        }
        to.close();
        return "sent";
    }

    @Test
    void anotherProcessReceivesThoughTheKeeperDoesNothing() throws Exception {
        Pipe say = opened(Pipe.builder(false).domain(parent.resolve("domain")).create());
        child(JvmProcess.builder(PipeWork::receiveSome, first, say.second(), 2 * Receiver.KEEP_AFTER)
            .domain(parent.resolve("domain")).start());
        for (int i = 0; i < 2 * Receiver.KEEP_AFTER; i++) {
            second.send(i);
        }
        assertThat(say.first().receive(LONG)).isEqualTo(true);
        second.send("for the parent");
        assertThat(first.receive(LONG)).isEqualTo("for the parent");
    }

    @Test
    void aKeeperThatIsKilledInTheMiddleIsFollowedByAnother() throws Exception {
        JvmProcess child = child(JvmProcess.builder(PipeWork::receiveForEver, first)
            .domain(parent.resolve("domain")).start());
        for (int i = 0; i < MESSAGES; i++) {
            second.sendBytes(new byte[8]);
        }
        child.kill();
        child.join();
        second.send("for the parent");
        Object received;
        do {
            received = first.poll(LONG) ? lastOf(first) : null;
        } while (!"for the parent".equals(received));
    }

    /** The object that was sent behind what the child has not read any more, or null for each of those. */
    private static Object lastOf(Connection from) throws Exception {
        byte[] message = from.receiveBytes(LONG);
        return message.length == 8 ? null : "for the parent";
    }
}
