package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.domain.Domain;
import io.millrace.domain.SharedDirectory;
import io.millrace.process.JvmProcess;
import io.millrace.process.JvmProcessBuilder;
import io.millrace.queue.SharedQueue;
import io.millrace.testing.WriteStops;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A child is killed before any one of the changes that it makes in the middle of something, see {@link WriteStops}: at
 * one that is drawn by lot, or, with {@code -Dtorture=1}, at each of them, one child after the other. Whoever is left
 * gets what was sent, and then a documented exception; nobody waits for the dead.
 */
@Timeout(600)
class PipeCrashPointTest {
    private static final boolean ALL = Integer.getInteger("torture", 0) > 0;
    private static final int DRAWN_FROM = 15;
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir(factory = SharedDirectory.class)
    private Path parent;
    private final List<AutoCloseable> open = new ArrayList<>();
    private Pipe pipe;

    /** What the child does, and what must hold then. */
    enum Operation {
        SEND_FIRST {
            @Override
            JvmProcessBuilder child(PipeCrashPointTest test) {
                return JvmProcess.builder(CrashWork::sendFirst, test.pipe.second());
            }

            @Override
            void check(PipeCrashPointTest test) throws Exception {
                assertThat(test.received(test.pipe.first())).isIn(List.of(), List.of(0));
            }
        },
        SEND_THIRD {
            @Override
            JvmProcessBuilder child(PipeCrashPointTest test) {
                return JvmProcess.builder(CrashWork::sendThird, test.pipe.second());
            }

            @Override
            void check(PipeCrashPointTest test) throws Exception {
                assertThat(test.received(test.pipe.first())).isIn(List.of(0, 1), List.of(0, 1, 2));
            }
        },
        WRITE_THIRD {
            @Override
            JvmProcessBuilder child(PipeCrashPointTest test) {
                return JvmProcess.builder(CrashWork::writeThird, test.pipe.second());
            }

            @Override
            void check(PipeCrashPointTest test) throws Exception {
                assertThat(test.received(test.pipe.first())).isIn(List.of(0, 1), List.of(0, 1, 2));
            }
        },
        SEND_LONG {
            @Override
            JvmProcessBuilder child(PipeCrashPointTest test) {
                return JvmProcess.builder(CrashWork::sendLong, test.pipe.second());
            }

            @Override
            void check(PipeCrashPointTest test) throws Exception {
                assertThat(test.received(test.pipe.first())).isIn(List.of(0), List.of(0, CrashWork.LONG));
            }
        },
        RECEIVE {
            @Override
            JvmProcessBuilder child(PipeCrashPointTest test) throws Exception {
                test.keepsTheFirstEnd();
                for (byte i = 0; i < 4; i++) {
                    test.pipe.second().sendBytes(new byte[] {i});
                }
                return JvmProcess.builder(CrashWork::receive, test.pipe.first());
            }

            @Override
            void check(PipeCrashPointTest test) throws Exception {
                test.pipe.second().sendBytes(new byte[] {4});
                test.pipe.second().close();
                assertThat(test.received(test.other)).isIn(List.of(1, 2, 3, 4), List.of(2, 3, 4));
            }
        },
        RECEIVE_LONG {
            @Override
            JvmProcessBuilder child(PipeCrashPointTest test) throws Exception {
                test.keepsTheFirstEnd();
                test.pipe.second().sendBytes(new byte[] {0});
                test.pipe.second().sendBytes(CrashWork.longMessage());
                test.pipe.second().sendBytes(new byte[] {2});
                return JvmProcess.builder(CrashWork::receive, test.pipe.first());
            }

            @Override
            void check(PipeCrashPointTest test) throws Exception {
                test.pipe.second().close();
                assertThat(test.received(test.other)).isIn(List.of(CrashWork.LONG, 2), List.of(2));
            }
        },
        CLOSE {
            @Override
            JvmProcessBuilder child(PipeCrashPointTest test) throws Exception {
                test.pipe.first().sendBytes(new byte[] {9});
                return JvmProcess.builder(CrashWork::close, test.pipe.second());
            }

            @Override
            void check(PipeCrashPointTest test) throws Exception {
                assertThat(test.received(test.pipe.first())).containsExactly(0);
                Optional<Throwable> failure = Optional.empty();
                try {
                    test.pipe.first().sendBytes(new byte[] {1});
                } catch (BrokenPipeException e) {
                    failure = Optional.of(e);
                }
                assertThat(failure).isPresent();
            }
        },
        PUT_A_HANDLE {
            @Override
            JvmProcessBuilder child(PipeCrashPointTest test) {
                return JvmProcess.builder(CrashWork::put, test.pipe.second(), test.queue());
            }

            @Override
            void check(PipeCrashPointTest test) throws Exception {
                test.checkHandle(() -> test.queue.get(SHORT));
            }
        },
        GET_A_HANDLE {
            @Override
            JvmProcessBuilder child(PipeCrashPointTest test) throws Exception {
                SharedQueue<Object> queue = test.queue();
                queue.put("before");
                queue.put(test.pipe.second());
                return JvmProcess.builder(CrashWork::get, queue);
            }

            @Override
            void check(PipeCrashPointTest test) throws Exception {
                test.checkHandle(() -> test.queue.get(SHORT));
            }
        },
        SEND_A_HANDLE {
            @Override
            JvmProcessBuilder child(PipeCrashPointTest test) {
                return JvmProcess.builder(CrashWork::send, test.pipe.second(), test.carrier().second());
            }

            @Override
            void check(PipeCrashPointTest test) throws Exception {
                test.checkHandle(() -> test.carrier.first().receive(SHORT));
            }
        },
        RECEIVE_A_HANDLE {
            @Override
            JvmProcessBuilder child(PipeCrashPointTest test) throws Exception {
                test.carrier().second().send("before");
                test.carrier.second().send(test.pipe.second());
                return JvmProcess.builder(CrashWork::receiveHandle, test.carrier.first());
            }

            @Override
            void check(PipeCrashPointTest test) throws Exception {
                test.checkHandle(() -> test.carrier.first().receive(SHORT));
            }
        };

        /** Prepares what the child needs. */
        abstract JvmProcessBuilder child(PipeCrashPointTest test) throws Exception;

        /** Checks what the child has left; the parent holds the first end of the pipe, and no second one. */
        abstract void check(PipeCrashPointTest test) throws Exception;
    }

    /** An attempt to get a handle; throws if there is none. */
    private interface Attempt {
        Object get() throws Exception;
    }

    private Connection other;
    private SharedQueue<Object> queue;
    private Pipe carrier;

    private Path domain() {
        return parent.resolve("domain");
    }

    private <T extends AutoCloseable> T keep(T resource) {
        open.add(resource);
        return resource;
    }

    private SharedQueue<Object> queue() {
        queue = keep(SharedQueue.builder().domain(domain()).create());
        return queue;
    }

    private Pipe carrier() {
        if (carrier == null) {
            carrier = keep(Pipe.builder(false).domain(domain()).create());
        }
        return carrier;
    }

    private void keepsTheFirstEnd() throws Exception {
        other = keep(Handles.copy(pipe.first()));
    }

    /** First bytes of short messages, lengths of long ones, up to the end of the stream. */
    private List<Integer> received(Connection receiver) throws Exception {
        List<Integer> all = new ArrayList<>();
        try {
            while (true) {
                byte[] message = receiver.receiveBytes();
                all.add(message.length == 1 ? message[0] : message.length);
                if (message.length > 1) {
                    assertThat(message).isEqualTo(CrashWork.longMessage());
                }
            }
        } catch (EndOfStreamException e) {
            return all;
        }
    }

    /** Either the handle is in a message still, and is a good one, or the end that it led to is over. */
    private void checkHandle(Attempt attempt) throws Exception {
        Connection arrived = null;
        while (arrived == null && !pipe.first().poll()) {
            try {
                arrived = attempt.get() instanceof Connection connection ? connection : null;
            } catch (io.millrace.queue.QueueEmptyException | java.util.concurrent.TimeoutException e) {
                continue;
            } catch (EndOfStreamException e) {
                break;
            }
        }
        if (arrived != null) {
            pipe.first().send("through it");
            assertThat(arrived.receive()).isEqualTo("through it");
            arrived.close();
        }
        assertThat(received(pipe.first())).isEmpty();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        try (Domain joined = Domain.join(domain())) {
            joined.reap(); // what a maker left who was killed before it had its name
        }
        try (Stream<Path> files = Files.list(domain())) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("lock", "table");
        }
    }

    /** Kills a child before its n-th change; whether it makes so many. */
    private boolean killAt(Operation operation, int nth) throws Exception {
        pipe = keep(Pipe.builder(true).domain(domain()).create());
        other = null;
        carrier = null;
        try (WriteStops stops = new WriteStops(CrashWork.class)) {
            JvmProcess child =
                operation.child(this).domain(domain()).options(stops.option()).classArchive(false).start();
            (other == null ? pipe.second() : pipe.first()).close();
            Optional<String> where = stops.awaitChange(nth);
            if (where.isPresent()) {
                child.kill();
            }
            child.join();
            try {
                operation.check(this);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("killed before change " + nth + ", " + where.orElse("the end"), e);
            }
            System.out.println(operation + ", change " + nth + ": " + where.orElse("the end"));
            return where.isPresent();
        } finally {
            nothingIsLeft();
            open.clear();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoIsLeftGetsWhatWasSentAndThenADocumentedException(Operation operation) throws Exception {
        if (!ALL) {
            killAt(operation, 1 + ThreadLocalRandom.current().nextInt(DRAWN_FROM));
            return;
        }
        int nth = 1;
        while (killAt(operation, nth)) {
            nth++;
        }
        assertThat(nth).as("changes").isGreaterThan(3);
    }
}
