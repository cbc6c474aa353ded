package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.domain.Domain;
import io.millrace.domain.SharedDirectory;
import io.millrace.pipe.AuthenticationKey.Role;
import io.millrace.pipe.AuthenticationKey.Session;
import io.millrace.process.JvmProcess;
import io.millrace.testing.Background;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that prove to each other that they have a key, and such as cannot. Afterwards no file is left. */
@Timeout(60)
class PipeKeyTest {
    private static final String NAME = "server";
    private static final byte[] KEY = "known to both".getBytes();
    private static final byte[] OTHER_KEY = "known to others".getBytes();
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final int ROUNDS = Integer.getInteger("torture.pipe", 150);

    @TempDir(factory = SharedDirectory.class)
    private Path parent;
    private Path domain;

    @BeforeEach
    void chooseDomain() {
        domain = parent.resolve("domain");
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        try (Domain joined = Domain.join(domain)) {
            joined.reap(); // what those left who were killed
        }
        try (Stream<Path> files = Files.list(domain)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("lock", "table");
        }
    }

    /** Without a key it is null. What the call returned or threw. */
    private CompletableFuture<Object> connecting(byte[] key) {
        return Background.outcome(() -> key == null ? Pipe.connect(domain, NAME, LONG)
            : Pipe.connect(domain, NAME, key, LONG));
    }

    private void assertConnects(PipeListener listener) throws Exception {
        CompletableFuture<Object> connecting = connecting(KEY);
        try (Connection accepted = listener.accept(LONG); Connection connected = (Connection) connecting.get()) {
            assertTalk(accepted, connected);
        }
    }

    private static void assertTalk(Connection one, Connection other) throws Exception {
        byte[] message = new byte[100_000]; // longer than anything that is said before, and sent in parts
        message[message.length - 1] = 1;
        one.sendBytes(message, LONG);
        assertThat(other.receiveBytes(LONG)).isEqualTo(message);
        other.send("hello");
        assertThat(one.receive(LONG)).isEqualTo("hello");
    }

    private void assertRefused(PipeListener listener, byte[] key, String toListener, String toConnector)
        throws Exception {
        CompletableFuture<Object> connecting = connecting(key);
        assertThatThrownBy(() -> listener.accept(LONG)).isInstanceOf(AuthenticationException.class)
            .hasMessageContainingAll(NAME, toListener);
        assertThat(connecting.get()).isInstanceOf(AuthenticationException.class);
        assertThat((AuthenticationException) connecting.get()).hasMessageContainingAll(NAME, toConnector);
    }

    @Test
    void whoHaveTheSameKeyAreConnected() throws Exception {
        byte[] mine = KEY.clone();
        try (PipeListener listener = Pipe.listen(domain, NAME, mine)) {
            mine[0] = 0; // copied
            assertConnects(listener);
            assertConnects(listener);
            assertThat(listener.toString()).doesNotContain("known");
        }
        assertThat(AuthenticationKey.of(KEY).toString()).isEqualTo("AuthenticationKey");
    }

    @Test
    void whoHasAnotherKeyIsRefusedAndTheListenerGoesOn() throws Exception {
        try (PipeListener listener = Pipe.listen(domain, NAME, KEY)) {
            assertRefused(listener, OTHER_KEY, "has another key", "has another key");
            assertRefused(listener, OTHER_KEY, "has another key", "has another key");
            assertConnects(listener);
        }
    }

    @Test
    void aKeyThatOneSideAloneHasIsRefusedOnBoth() throws Exception {
        try (PipeListener listener = Pipe.listen(domain, NAME, KEY)) {
            assertRefused(listener, null, "has no key", "asks for a key");
            assertConnects(listener);
        }
        try (PipeListener listener = Pipe.listen(domain, NAME)) {
            assertRefused(listener, KEY, "this listener has none", "has no key");
            CompletableFuture<Object> connecting = connecting(null);
            listener.accept(LONG).close();
            ((Connection) connecting.get()).close();
        }
    }

    @Test
    void anEmptyKeyIsNone() throws Exception {
        byte[] empty = {};
        assertThatIllegalArgumentException().isThrownBy(() -> Pipe.listen(domain, NAME, empty))
            .withMessageContaining("actual 0 bytes");
        assertThatIllegalArgumentException().isThrownBy(() -> Pipe.connect(domain, NAME, empty, LONG));
        assertThatThrownBy(() -> Pipe.listen(domain, NAME, null)).isInstanceOf(NullPointerException.class);
        Domain.join(domain).close();
    }

    @Test
    void inADomainThatIsOpenToAGroupAListenerNeedsAKey() throws Exception {
        String group = Files.getAttribute(parent, "unix:gid").toString();
        try (Domain open = Domain.openToGroup(domain, group)) {
            assertThatThrownBy(() -> Pipe.listen(open.directory(), NAME)).isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(AuthenticationException.class).hasMessageContaining("give Pipe.listen one");
            try (PipeListener listener = Pipe.listen(domain, NAME, KEY)) {
                assertConnects(listener);
                assertRefused(listener, null, "has no key", "asks for a key");
            }
        }
    }

    @Test
    void aProofIsGoodForOneRoleOneListenerOnePipeAndOneTalk() {
        AuthenticationKey key = AuthenticationKey.of(KEY);
        byte[] one = AuthenticationKey.newNonce();
        byte[] other = AuthenticationKey.newNonce();
        UUID listener = UUID.randomUUID();
        UUID pipe = UUID.randomUUID();
        Session session = new Session(listener, pipe, one, other);
        byte[] proof = key.proof(Role.CONNECTOR, session);
        assertThat(key.isProof(proof, Role.CONNECTOR, session)).isTrue();
        assertThat(AuthenticationKey.of(KEY).isProof(proof, Role.CONNECTOR, session)).isTrue();
        assertThat(key.isProof(proof, Role.LISTENER, session)).isFalse();
        assertThat(AuthenticationKey.of(OTHER_KEY).isProof(proof, Role.CONNECTOR, session)).isFalse();
        for (Session another : List.of(new Session(pipe, pipe, one, other), new Session(listener, listener, one, other),
            new Session(listener, pipe, other, one), new Session(listener, pipe, one, one),
            new Session(listener, pipe, other, other))) {
            assertThat(key.isProof(proof, Role.CONNECTOR, another)).isFalse();
        }
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= 1;
            assertThat(key.isProof(proof, Role.CONNECTOR, session)).isFalse();
            proof[i] ^= 1;
        }
        assertThat(key.isProof(new byte[0], Role.CONNECTOR, session)).isFalse();
    }

    @Test
    void aConnectorWithoutTheKeyThatRepeatsWhatItHeardIsRefused() throws Exception {
        try (PipeListener listener = Pipe.listen(domain, NAME, KEY);
            RawConnector first = RawConnector.offering(domain, NAME)) {
            assertThatThrownBy(() -> listener.accept(SHORT)).isInstanceOf(TimeoutException.class);
            byte[] challenge = first.heard().content();
            first.connection().sendBytes(new Greeting(Greeting.ANSWER, challenge).encoded());
            assertThatThrownBy(() -> listener.accept(LONG)).isInstanceOf(AuthenticationException.class);
            assertThat(first.heard().is(Greeting.REFUSAL, 1)).isTrue();
            assertThatThrownBy(first::heard).isInstanceOf(EndOfStreamException.class);
        }
    }

    /** A listener without the key, of whom the connector believes nothing. */
    private void assertRefusesListenerThatSays(Greeting... says) throws Exception {
        PipeCore core = PipeCore.createListener(Domain.join(domain), NAME);
        Connection[] ends = core.connections();
        try (Connection offers = ends[0]; Connection mine = ends[1]) {
            CompletableFuture<Object> connecting = connecting(KEY);
            Offer offer = Offer.of(offers.receiveBytes(LONG));
            try (Connection accepted = PipeCore.adopt(Domain.join(domain), offer.copy())) {
                for (Greeting one : says) {
                    Greeting last = one != null ? one // or what the connector has said, as a welcome
                        : new Greeting(Greeting.WELCOME, Greeting.of(accepted.receiveBytes(LONG)).content());
                    try {
                        accepted.sendBytes(last.encoded());
                    } catch (BrokenPipeException e) { // it has gone at the first part of one that is far too long
                        assertThat(last.content().length).isGreaterThan(Pipe.LANE_CAPACITY / 4);
                    }
                }
                assertThat(connecting.get()).isInstanceOf(AuthenticationException.class);
            }
            assertThat(mine.isClosed()).isFalse();
            core.object().remove();
        }
    }

    @Test
    void aListenerWithoutTheKeyIsRefusedWhateverItSays() throws Exception {
        Greeting challenge = new Greeting(Greeting.CHALLENGE, AuthenticationKey.newNonce());
        assertRefusesListenerThatSays(challenge, null);
        assertRefusesListenerThatSays(challenge, challenge);
        assertRefusesListenerThatSays(challenge, new Greeting(Greeting.WELCOME, Greeting.NOTHING));
        assertRefusesListenerThatSays(new Greeting(Greeting.WELCOME, Greeting.NOTHING));
        assertRefusesListenerThatSays(new Greeting(Greeting.WELCOME, AuthenticationKey.newNonce()));
        assertRefusesListenerThatSays(new Greeting(Greeting.CHALLENGE, new byte[31]));
        assertRefusesListenerThatSays(new Greeting(Greeting.REFUSAL, new byte[] {99}));
        assertRefusesListenerThatSays(new Greeting((byte) 0, new byte[200_000]));
    }

    @Test
    void aConnectorIsNotConnectedThroughOneWhoPassesOnWhatItSays() throws Exception {
        PipeCore core = PipeCore.createListener(Domain.join(domain), "between");
        Connection[] ends = core.connections();
        try (Connection offers = ends[0]; Connection mine = ends[1];
            PipeListener listener = Pipe.listen(domain, NAME, KEY)) {
            CompletableFuture<Object> connecting = Background.outcome(() -> Pipe.connect(domain, "between", KEY, LONG));
            Offer offer = Offer.of(offers.receiveBytes(LONG));
            try (Connection accepted = PipeCore.adopt(Domain.join(domain), offer.copy());
                RawConnector relay = new RawConnector(domain, NAME)) {
                relay.offerWith(offer.nonce());
                CompletableFuture<Object> accepting = Background.outcome(() -> listener.accept(LONG));
                accepted.sendBytes(relay.heard().encoded());
                relay.connection().sendBytes(accepted.receiveBytes(LONG));
                assertThat(accepting.get()).isInstanceOf(AuthenticationException.class);
                accepted.sendBytes(relay.heard().encoded());
                assertThat(connecting.get()).isInstanceOf(AuthenticationException.class);
            }
            assertThat(mine.isClosed()).isFalse();
            core.object().remove();
        }
    }

    @Test
    void oneThatDoesNotAnswerKeepsNobodyWaiting() throws Exception {
        try (PipeListener listener = Pipe.listen(domain, NAME, KEY);
            RawConnector stuck = RawConnector.offering(domain, NAME);
            RawConnector another = RawConnector.offering(domain, NAME)) {
            assertConnects(listener);
            assertThatThrownBy(() -> listener.accept(SHORT)).isInstanceOf(TimeoutException.class);
            assertConnects(listener);
            assertThat(stuck.heard().is(Greeting.CHALLENGE, AuthenticationKey.LENGTH)).isTrue();
            assertThat(another.heard().is(Greeting.CHALLENGE, AuthenticationKey.LENGTH)).isTrue();
        }
    }

    @Test
    void oneThatAnswersLateIsAcceptedByALaterCallAndByWhicheverThread() throws Exception {
        try (PipeListener listener = Pipe.listen(domain, NAME, KEY);
            RawConnector slow = new RawConnector(domain, NAME)) {
            // Waits for offers alone.
            CompletableFuture<Object> accepting = Background.outcome(() -> listener.accept(LONG));
            byte[] nonce = slow.offer();
            Greeting challenge = slow.heard();
            assertThatThrownBy(() -> listener.accept(SHORT)).isInstanceOf(TimeoutException.class);
            slow.answer(AuthenticationKey.of(KEY), nonce, challenge);
            Connection accepted = (Connection) accepting.get();
            assertThat(slow.heard().is(Greeting.WELCOME, AuthenticationKey.LENGTH)).isTrue();
            assertTalk(accepted, slow.connection());
            accepted.close();
        }
    }

    @Test
    void oneThatHasNotAnsweredInTimeIsRefusedAndSoManyAtATimeAreChallenged() throws Exception {
        PipeCore core = PipeCore.createListener(Domain.join(domain), NAME);
        Connection[] ends = core.connections();
        List<RawConnector> stuck = new ArrayList<>();
        try (Domain joined = Domain.join(domain); Connection offers = ends[0]; Connection mine = ends[1]) {
            Acceptor acceptor = new Acceptor(joined, core, offers, AuthenticationKey.of(KEY), 300_000_000L);
            CompletableFuture<Object> accepting = Background.outcome(() -> acceptor.accept(LONG.toNanos()));
            for (int i = 0; i < Acceptor.PENDING_MAX; i++) {
                stuck.add(RawConnector.offering(domain, NAME));
            }
            CompletableFuture<Object> connecting = connecting(KEY);
            try (Connection accepted = (Connection) accepting.get();
                Connection connected = (Connection) connecting.get()) {
                assertTalk(accepted, connected);
            }
            assertThat(stuck.get(0).heard().is(Greeting.CHALLENGE, AuthenticationKey.LENGTH)).isTrue();
            assertThat(stuck.get(0).heard().content()).containsExactly(Refusal.LATE.ordinal());
            acceptor.close();
            assertThat(mine.isClosed()).isFalse();
            core.object().remove();
        } finally {
            stuck.forEach(RawConnector::close);
        }
    }

    @Test
    void whatIsNoAnswerAndWhatIsNoOfferHarmsNobody() throws Exception {
        Random random = new Random(1729);
        try (PipeListener listener = Pipe.listen(domain, NAME, KEY)) {
            for (int i = 0; i < ROUNDS; i++) {
                byte[] garbage = new byte[random.nextInt(4) == 0 ? 100_000 : random.nextInt(80)];
                random.nextBytes(garbage);
                if (garbage.length > 0 && random.nextBoolean()) {
                    garbage[0] = (byte) random.nextInt(6);
                }
                try (RawConnector connector = new RawConnector(domain, NAME)) {
                    if (random.nextBoolean()) {
                        connector.offer();
                        connector.connection().sendBytes(garbage, LONG);
                        assertThatThrownBy(() -> listener.accept(LONG)).isInstanceOf(AuthenticationException.class);
                    } else {
                        CompletableFuture<Object> sending = Background.outcome(() -> {
                            connector.offerBytes(garbage);
                            return "sent";
                        });
                        while (!sending.isDone()) {
                            assertThatThrownBy(() -> listener.accept(Duration.ZERO))
                                .isInstanceOf(TimeoutException.class);
                        }
                    }
                }
            }
            assertConnects(listener);
        }
    }

    @Test
    void aConnectorThatIsKilledInTheMiddleIsPassedOver() throws Exception {
        try (PipeListener listener = Pipe.listen(domain, NAME, KEY); Pipe tells = Pipe.builder(true).domain(domain)
            .create()) {
            JvmProcess child = JvmProcess.builder(PipeWork::offerAndStop, domain.toString(), NAME, tells.second())
                .domain(domain).start();
            CompletableFuture<Object> accepting = Background.outcome(() -> listener.accept(LONG));
            assertThat(tells.first().receive(LONG)).isEqualTo("challenged");
            child.kill();
            child.join();
            CompletableFuture<Object> connecting = connecting(KEY);
            try (Connection accepted = (Connection) accepting.get();
                Connection connected = (Connection) connecting.get()) {
                assertTalk(accepted, connected);
            }
        }
    }

    @Test
    void whoeverConnectsToAListenerThatIsKilledInTheMiddleIsTold() throws Exception {
        try (Pipe tells = Pipe.builder(true).domain(domain).create()) {
            JvmProcess child = JvmProcess.builder(PipeWork::challengeAndStop, domain.toString(), NAME, tells.second())
                .domain(domain).start();
            assertThat(tells.first().receive(LONG)).isEqualTo("listens");
            CompletableFuture<Object> connecting = connecting(KEY);
            assertThat(tells.first().receive(LONG)).isEqualTo("has challenged");
            child.kill();
            child.join();
            assertThat(connecting.get()).isInstanceOf(BrokenPipeException.class);
        }
        Pipe.listen(domain, NAME, KEY).close();
    }

    @Test
    void whoWaitsInTheMiddleIsToldWhenTheListenerCloses() throws Exception {
        PipeListener listener = Pipe.listen(domain, NAME, KEY);
        CompletableFuture<Object> accepting = Background.outcome(listener::accept);
        try (RawConnector stuck = RawConnector.offering(domain, NAME)) {
            assertThat(stuck.heard().is(Greeting.CHALLENGE, AuthenticationKey.LENGTH)).isTrue();
            listener.close();
            assertThatThrownBy(stuck::heard).isInstanceOf(EndOfStreamException.class);
            assertThat(accepting.get()).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void anInterruptEndsTheWaitInTheMiddle() throws Exception {
        try (PipeListener listener = Pipe.listen(domain, NAME, KEY);
            RawConnector stuck = RawConnector.offering(domain, NAME);
            Background<Connection> accepting = Background.start(listener::accept)) {
            assertThat(stuck.heard().is(Greeting.CHALLENGE, AuthenticationKey.LENGTH)).isTrue();
            accepting.interrupt();
            assertThatThrownBy(accepting::result).hasCauseInstanceOf(InterruptedException.class);
            assertConnects(listener);
        }
    }
}
