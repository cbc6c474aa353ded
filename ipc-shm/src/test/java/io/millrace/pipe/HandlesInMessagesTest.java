package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.atomic.SharedLong;
import io.millrace.codec.DecodingException;
import io.millrace.codec.EncodingException;
import io.millrace.domain.SharedDirectory;
import io.millrace.queue.JoinableQueue;
import io.millrace.queue.QueueBuilder;
import io.millrace.queue.SharedQueue;
import io.millrace.queue.SimpleQueue;
import io.millrace.queue.Task;
import io.millrace.value.SharedMemory;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handles that are sent through queues and pipes. Afterwards no file is left. */
@Timeout(60)
class HandlesInMessagesTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    @TempDir(factory = SharedDirectory.class)
    private Path parent;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private Pipe pipe;

    /** Through what a message goes. */
    enum Way {
        QUEUE, JOINABLE_QUEUE, SIMPLE_QUEUE, PIPE
    }

    /** One of them. */
    private interface Container extends AutoCloseable {
        void put(Object message) throws Exception;

        Object get() throws Exception;

        /** Ends all that is in it. */
        void end();

        @Override
        void close();
    }

    @BeforeEach
    void makePipe() {
        pipe = keep(pipe());
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        try (Stream<Path> files = Files.list(domain())) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("lock", "table");
        }
    }

    private Path domain() {
        return parent.resolve("domain");
    }

    private <T extends AutoCloseable> T keep(T resource) {
        open.push(resource);
        return resource;
    }

    private Pipe pipe() {
        return Pipe.builder(true).domain(domain()).create();
    }

    private <Q> Q queue(QueueBuilder<Object, Q> builder) {
        return builder.domain(domain()).create();
    }

    private Container container(Way way) {
        return keep(switch (way) {
            case QUEUE -> {
                SharedQueue<Object> queue = queue(SharedQueue.builder());
                yield container(queue::put, queue::get, queue::remove, queue::close);
            }
            case JOINABLE_QUEUE -> {
                JoinableQueue<Object> queue = queue(JoinableQueue.builder());
                yield container(queue::put, () -> done(queue.take()), queue::remove, queue::close);
            }
            case SIMPLE_QUEUE -> {
                SimpleQueue<Object> queue = queue(SimpleQueue.builder());
                yield container(queue::put, queue::get, queue::close, queue::close);
            }
            case PIPE -> {
                Pipe carrier = pipe();
                yield container(carrier.second()::send, carrier.first()::receive, carrier.first()::close,
                    carrier::close);
            }
        });
    }

    private interface Put {
        void put(Object message) throws Exception;
    }

    private interface Get {
        Object get() throws Exception;
    }

    private static Object done(Task<Object> task) {
        task.done();
        return task.item();
    }

    private static Container container(Put put, Get get, Runnable end, Runnable close) {
        return new Container() {
            @Override
            public void put(Object message) throws Exception {
                put.put(message);
            }

            @Override
            public Object get() throws Exception {
                return get.get();
            }

            @Override
            public void end() {
                end.run();
            }

            @Override
            public void close() {
                close.run();
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void whoSendsAConnectionMayCloseItsOwnAtOnceAndWhoReceivesItHasTheEnd(Way way) throws Exception {
        Container container = container(way);
        container.put(pipe.first());
        pipe.first().close();
        assertThat(pipe.second().poll(SHORT)).as("an end that is in a message").isFalse();
        pipe.second().send("for whoever gets it");
        Connection received = keep((Connection) container.get());
        assertThat(received.receive()).isEqualTo("for whoever gets it");
        received.send("back");
        assertThat(pipe.second().receive()).isEqualTo("back");
        assertThat(pipe.second().poll(SHORT)).isFalse();
        received.close();
        assertThatThrownBy(pipe.second()::receive).isInstanceOf(EndOfStreamException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionInAMessageThatNobodyCanGetAnyMoreIsOver(Way way) throws Exception {
        Container container = container(way);
        container.put(pipe.first());
        pipe.first().close();
        assertThat(pipe.second().poll(SHORT)).isFalse();
        container.end();
        assertThatThrownBy(pipe.second()::receive).isInstanceOf(EndOfStreamException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aMessageMayBeLongAndHaveSeveralHandlesOfAllSorts(Way way) throws Exception {
        Container container = container(way);
        byte[] bytes = new byte[way == Way.PIPE ? 150_000 : 3_000_000]; // what a pipe takes with nobody receiving
        Arrays.fill(bytes, (byte) 5);
        SharedLong number = keep(SharedLong.builder(7).domain(domain()).create());
        SharedMemory memory = keep(SharedMemory.builder(10).domain(domain()).create());
        SharedQueue<Object> queue = keep(queue(SharedQueue.builder()));
        queue.put("in it");
        memory.region().putIntPlain(0, 11);
        container.put(List.of(number, memory, queue, pipe.first(), bytes));
        number.close();
        memory.close();
        queue.close();
        pipe.first().close();
        List<?> received = (List<?>) container.get();
        received.stream().filter(AutoCloseable.class::isInstance).forEach(each -> keep((AutoCloseable) each));
        assertThat(((SharedLong) received.get(0)).get()).isEqualTo(7);
        assertThat(((SharedMemory) received.get(1)).region().getIntPlain(0)).isEqualTo(11);
        assertThat(((SharedQueue<?>) received.get(2)).get()).isEqualTo("in it");
        pipe.second().send("hello");
        assertThat(((Connection) received.get(3)).receive()).isEqualTo("hello");
        assertThat((byte[]) received.get(4)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource
    void moreHandlesMayTravelThanThereAreEntries(Way way) throws Exception {
        Container container = container(way);
        for (int i = 0; i < PipeLayout.HOLDERS + 10; i++) {
            container.put(pipe.first());
            ((Connection) container.get()).close();
        }
        assertThat(pipe.second().poll()).isFalse();
    }

    @Test
    void tasksThatAreDroppedLeaveEntriesToOthers() throws Exception {
        SharedQueue<Object> last = keep(queue(SharedQueue.builder()));
        int most = PipeLayout.HOLDERS / 2 - 10;
        for (int items : new int[] {most, most, 50}) { // together more than there are entries
            SharedQueue<Object> doomed = queue(SharedQueue.builder());
            for (int item = 0; item < items; item++) {
                doomed.put(pipe.first());
            }
            doomed.remove();
        }
        last.put(pipe.first());
        keep((Connection) last.get());
    }

    /** Comes behind a connection in an item, and fails to arrive. */
    private static final class Spoilt implements Serializable {
        private static final long serialVersionUID = 1;

        private Object readResolve() throws InvalidObjectException {
            throw new InvalidObjectException("spoilt");
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofAMessageThatCannotBeDecodedNoHandleIsLeft(Way way) throws Exception {
        Container container = container(way);
        container.put(List.of(pipe.first(), new Spoilt()));
        pipe.first().close();
        assertThatThrownBy(container::get).isInstanceOf(DecodingException.class);
        assertThatThrownBy(pipe.second()::receive).isInstanceOf(EndOfStreamException.class);
    }

    /** Comes behind a connection in an item, and fails to leave. */
    private static final class Unwritable implements Serializable {
        private static final long serialVersionUID = 1;
        @SuppressWarnings("serial") // that is its point
        private final Object state = new Object();

        @Override
        public String toString() {
            return "Unwritable" + state;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMessageThatWasNotSentHasNoHandles(Way way) throws Exception {
        Container container = container(way);
        assertThatThrownBy(() -> container.put(List.of(pipe.first(), new Unwritable())))
            .isInstanceOf(EncodingException.class);
        pipe.first().close();
        assertThatThrownBy(pipe.second()::receive).isInstanceOf(EndOfStreamException.class);
    }

    @Test
    void aMessageForWhichThereIsNoRoomHasNoHandles() throws Exception {
        SharedQueue<Object> queue = keep(queue(SharedQueue.builder().maxItems(1)));
        queue.put("full");
        assertThat(queue.offer(pipe.first(), SHORT)).isFalse();
        Pipe carrier = keep(pipe());
        assertThatThrownBy(() -> carrier.second().send(List.of(pipe.first(), new byte[5_000_000]), SHORT))
            .isInstanceOf(java.util.concurrent.TimeoutException.class);
        pipe.first().close();
        assertThatThrownBy(pipe.second()::receive).isInstanceOf(EndOfStreamException.class);
    }

    @Test
    void theBytesOfAMessageWithHandlesAreItsContentAndTheHandlesAreDropped() throws Exception {
        Pipe carrier = keep(pipe());
        carrier.second().send(List.of("first"));
        byte[] plain = carrier.first().receiveBytes();
        carrier.second().send(new Connection[] {pipe.first()});
        pipe.first().close();
        assertThat(pipe.second().poll(SHORT)).isFalse();
        assertThat(carrier.first().receiveBytes()).startsWith(plain[0], plain[1]);
        assertThatThrownBy(pipe.second()::receive).isInstanceOf(EndOfStreamException.class);
    }

    @Test
    void aTaskThatComesBackStillHasItsConnection() throws Exception {
        JoinableQueue<Object> queue = keep(queue(JoinableQueue.builder()));
        queue.put(pipe.first());
        pipe.first().close();
        Task<Object> first = queue.take();
        ((Connection) first.item()).close();
        assertThat(pipe.second().poll(SHORT)).as("in a task that is not done").isFalse();
        first.giveBack();
        Task<Object> again = queue.take();
        Connection received = keep((Connection) again.item());
        again.done();
        pipe.second().send("still there");
        assertThat(received.receive()).isEqualTo("still there");
        received.close();
        assertThatThrownBy(pipe.second()::receive).isInstanceOf(EndOfStreamException.class);
    }

    @Test
    void handlesThatOnlyEachOtherHasAreNotKept() throws Exception {
        Pipe carrier = pipe();
        carrier.second().send(carrier.first());
        pipe.second().send(carrier.second());
        carrier.second().send(pipe.first());
        carrier.close();
        pipe.first().close();
        assertThatThrownBy(pipe.second()::receive).isInstanceOf(EndOfStreamException.class);
        // What is left of the carrier nobody can reach: it goes when somebody looks.
        pipe.close();
        try (io.millrace.domain.Domain joined = io.millrace.domain.Domain.join(domain())) {
            joined.reap();
        }
    }

    @Test
    void anAnonymousObjectOfAnotherDomainIsRefusedAndANamedOneTravels() throws Exception {
        Path other = parent.resolve("other");
        try (SharedQueue<Object> foreign = SharedQueue.builder().domain(other).create();
            SharedQueue<Object> named = SharedQueue.builder().domain(other).name("named").create()) {
            SharedQueue<Object> queue = keep(queue(SharedQueue.builder()));
            assertThatThrownBy(() -> queue.put(foreign)).isInstanceOf(EncodingException.class)
                .hasMessageContaining("another domain");
            queue.put(named);
            named.put("there");
            try (SharedQueue<?> received = (SharedQueue<?>) queue.get()) {
                assertThat(received.get()).isEqualTo("there");
            }
            named.remove();
        }
    }
}
