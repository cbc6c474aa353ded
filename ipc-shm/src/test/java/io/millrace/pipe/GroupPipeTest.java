package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.domain.Domain;
import io.millrace.domain.DomainInspector;
import io.millrace.domain.OtherUser;
import io.millrace.domain.SharedDirectory;
import io.millrace.queue.SharedQueue;
import io.millrace.testing.ChildJvm;
import io.millrace.testing.ParentJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs of two users, neither of them root, in a domain that is open to their group. */
@Timeout(60)
class GroupPipeTest {
    private static final String KEY = "of the group";

    @TempDir(factory = SharedDirectory.class)
    private Path parent;

    private ChildJvm child(OtherUser users, int user) throws Exception {
        ChildJvm child = users.child(Child.class, user).start(parent.resolve("domain"));
        child.awaitLine("ready");
        return child;
    }

    private static String ask(ChildJvm child, String command) throws InterruptedException {
        child.send(command);
        return child.awaitLine();
    }

    @Test
    void programsOfTwoUsersTalkAndNoticeEachOthersDeathAndAThirdSeesThem() throws Exception {
        OtherUser users = OtherUser.in(parent);
        try (ChildJvm one = child(users, OtherUser.ONE); ChildJvm other = child(users, OtherUser.ANOTHER)) {
            assertThat(ask(one, "listen " + KEY)).isEqualTo("listens");
            one.send("accept");
            assertThat(ask(other, "connect another key")).isEqualTo("AuthenticationException");
            assertThat(one.awaitLine()).isEqualTo("AuthenticationException");
            one.send("accept");
            assertThat(ask(other, "connect " + KEY)).isEqualTo("connected");
            assertThat(one.awaitLine()).isEqualTo("connected");
            assertThat(ask(one, "send")).isEqualTo("sent");
            assertThat(ask(other, "receive")).isEqualTo("200000");
            assertThat(ask(other, "put")).isEqualTo("put");
            assertThat(ask(one, "get")).isEqualTo("item");
            try (Domain domain = Domain.openToGroup(parent.resolve("domain"), Integer.toString(OtherUser.GROUP));
                DomainInspector look = DomainInspector.open(domain.directory())) {
                assertThat(look.object("server").users()).contains(1);
                assertThat(look.findings()).isEmpty();
                domain.remove("queue");
            }
            one.send("receive");
            other.kill();
            assertThat(one.awaitLine()).isEqualTo("EndOfStreamException");
            assertThat(ask(one, "close")).isEqualTo("closed");
        }
        try (Domain domain = Domain.openToGroup(parent.resolve("domain"), Integer.toString(OtherUser.GROUP));
            Stream<Path> files = Files.list(domain.directory())) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("lock", "table");
        }
    }

    /** One of the two. */
    static final class Child {
        private static final Duration LONG = Duration.ofSeconds(50);

        private final Path directory;
        private PipeListener listener;
        private Connection connection;

        private Child(Path directory) {
            this.directory = directory;
        }

        public static void main(String[] arguments) throws Exception {
            ParentJvm parent = new ParentJvm();
            Child child = new Child(Path.of(arguments[0]));
            parent.say("ready");
            while (true) {
                String[] command = parent.awaitLine().split(" ", 2);
                try {
                    parent.say(child.obey(command[0], command.length > 1 ? command[1].getBytes() : null));
                } catch (Exception e) {
                    parent.say(e.getClass().getSimpleName());
                }
            }
        }

        private String obey(String command, byte[] key) throws Exception {
            switch (command) {
                case "listen" -> {
                    join();
                    listener = Pipe.listen(directory, "server", key);
                    return "listens";
                }
                case "accept" -> {
                    connection = listener.accept(LONG);
                    return "connected";
                }
                case "connect" -> {
                    join();
                    connection = Pipe.connect(directory, "server", key, LONG);
                    return "connected";
                }
                case "send" -> {
                    connection.sendBytes(new byte[200_000], LONG);
                    return "sent";
                }
                case "receive" -> {
                    return Integer.toString(connection.receiveBytes(LONG).length);
                }
                case "put" -> {
                    SharedQueue.builder().domain(directory).name("queue").create().put("item");
                    return "put";
                }
                case "get" -> {
                    try (SharedQueue<Object> queue = SharedQueue.builder().domain(directory).name("queue").open()) {
                        return queue.get(LONG).toString();
                    }
                }
                case "close" -> {
                    connection.close();
                    listener.close();
                    return "closed";
                }
                default -> throw new IllegalArgumentException(command);
            }
        }

        private void join() throws Exception {
            Domain.openToGroup(directory, Integer.toString(OtherUser.GROUP));
        }
    }
}
