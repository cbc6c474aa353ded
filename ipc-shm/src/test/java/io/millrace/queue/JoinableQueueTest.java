package io.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codec.Codec;
import io.millrace.codec.Codecs;
import io.millrace.domain.ObjectRemovedException;
import io.millrace.domain.SharedDirectory;
import io.millrace.testing.Background;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When all tasks are done, within one JVM. */
@Timeout(60)
class JoinableQueueTest {
    private static final Duration NOT_AT_ALL = Duration.ZERO;
    private static final int LARGE = 300_000;

    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private final List<AutoCloseable> opened = new ArrayList<>();

    private <E> JoinableQueue<E> queue(Codec<E> codec) {
        JoinableQueue<E> queue = JoinableQueue.<E>builder().domain(parent.resolve("domain")).codec(codec).create();
        opened.add(queue);
        return queue;
    }

    private <E> JoinableQueue<E> other(JoinableQueue<E> queue, Codec<E> codec) {
        JoinableQueue<E> other =
            JoinableQueue.<E>builder().domain(parent.resolve("domain")).codec(codec).name(queue.name()).open();
        opened.add(other);
        return other;
    }

    private Background<Boolean> joiner(JoinableQueue<?> queue) throws InterruptedException {
        Background<Boolean> joiner = Background.start(() -> {
            queue.join();
            return true;
        });
        opened.add(joiner);
        return joiner;
    }

    private List<String> files() throws Exception {
        try (Stream<Path> files = Files.list(parent.resolve("domain"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @AfterEach
    void closeAllAndFindNothing() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        assertThat(files()).containsExactly("lock", "table");
    }

    @Test
    void emptyQueueIsJoinedAtOnce() throws Exception {
        JoinableQueue<Integer> queue = queue(Codecs.ofInt());
        queue.join();
        assertThat(queue.join(NOT_AT_ALL)).isTrue();
        assertThat(queue.join(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
    }

    @Test
    void everyJoinerGoesOnWhenTheLastTaskIsDone() throws Exception {
        JoinableQueue<Integer> queue = queue(Codecs.ofInt());
        JoinableQueue<Integer> other = other(queue, Codecs.ofInt());
        queue.putAll(List.of(1, 2, 3));
        List<Background<Boolean>> joiners = List.of(joiner(queue), joiner(queue), joiner(other));
        QueueContract.awaitSleeperForSpace(queue);
        for (int i = 1; i <= 3; i++) {
            assertThat(queue.join(NOT_AT_ALL)).isFalse();
            assertThat(joiners).noneMatch(Background::isOver);
            assertThat(other.get()).isEqualTo(i);
            assertThat(queue.join(NOT_AT_ALL)).isFalse();
            other.taskDone();
        }
        for (Background<Boolean> each : joiners) {
            assertThat(each.result()).isTrue();
        }
    }

    @Test
    void joinEndsWithItsTimeAnInterruptACloseOrRemoval() throws Exception {
        JoinableQueue<Integer> queue = queue(Codecs.ofInt());
        JoinableQueue<Integer> other = other(queue, Codecs.ofInt());
        queue.put(1);
        assertThat(queue.join(Duration.ofMillis(20))).isFalse();
        Background<Boolean> interrupted = joiner(queue);
        QueueContract.awaitSleeperForSpace(queue);
        interrupted.interrupt();
        assertThatThrownBy(interrupted::result).isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(InterruptedException.class);
        Background<Boolean> closed = joiner(other);
        QueueContract.awaitSleeperForSpace(queue);
        other.close();
        assertThatThrownBy(closed::result).hasCauseInstanceOf(IllegalStateException.class);
        JoinableQueue<Integer> third = other(queue, Codecs.ofInt());
        Background<Boolean> removed = joiner(third);
        QueueContract.awaitSleeperForSpace(queue);
        queue.remove();
        assertThatThrownBy(removed::result).hasCauseInstanceOf(ObjectRemovedException.class);
    }

    @Test
    void taskDoneWithoutATaskIsRefused() throws Exception {
        JoinableQueue<Integer> queue = queue(Codecs.ofInt());
        queue.put(1);
        assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining(queue.name());
        queue.get();
        queue.taskDone();
        assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void taskDoneEndsTheOldestOfThisThreadElseOfAll() throws Exception {
        JoinableQueue<Integer> queue = queue(Codecs.ofInt());
        JoinableQueue<Integer> other = other(queue, Codecs.ofInt());
        queue.putAll(List.of(1, 2, 3));
        Background<Integer> first = Background.start(queue::get);
        assertThat(first.result()).isEqualTo(1);
        assertThat(queue.get()).isEqualTo(2);
        assertThat(queue.get()).isEqualTo(3);
        queue.taskDone(); // 2
        queue.taskDone(); // 3
        queue.close(); // gives back what is left
        Delivery<Integer> left = other.receive();
        assertThat(left).isEqualTo(new Delivery<>(1, 1));
        other.taskDone();
        assertThat(other.join(NOT_AT_ALL)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, LARGE})
    void taskIsOverOnce(int length) throws Exception {
        JoinableQueue<byte[]> queue = queue(Codecs.bytes());
        byte[] item = new byte[length];
        queue.put(item);
        Task<byte[]> task = queue.take();
        assertThat(task.item()).isEqualTo(item);
        assertThat(task.deliveries()).isZero();
        task.giveBack();
        assertThatThrownBy(task::giveBack).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(task::done).isInstanceOf(IllegalStateException.class);
        Task<byte[]> again = queue.take();
        assertThat(again.item()).isEqualTo(item);
        assertThat(again.deliveries()).isEqualTo(1);
        again.done();
        assertThatThrownBy(again::done).isInstanceOf(IllegalStateException.class);
        assertThat(queue.join(NOT_AT_ALL)).isTrue();
        assertThatThrownBy(() -> queue.take(NOT_AT_ALL)).isInstanceOf(QueueEmptyException.class);
        assertThat(files()).hasSize(4); // the queue and its ring
    }

    @Test
    void whatIsGivenBackIsNeverDropped() throws Exception {
        JoinableQueue<Integer> queue = queue(Codecs.ofInt());
        queue.put(1);
        for (int i = 0; i < 10; i++) {
            Task<Integer> task = queue.take();
            assertThat(task.deliveries()).isEqualTo(Math.min(i, 3));
            task.giveBack();
        }
        queue.take().done();
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void tasksOfAHandleComeBackWhenItIsClosed() throws Exception {
        JoinableQueue<Integer> queue = queue(Codecs.ofInt());
        JoinableQueue<Integer> other = other(queue, Codecs.ofInt());
        queue.putAll(List.of(1, 2, 3));
        Task<Integer> taken = queue.take();
        queue.get();
        Task<Integer> done = queue.take();
        done.done();
        queue.close();
        assertThatThrownBy(taken::done).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(done::done).isInstanceOf(IllegalStateException.class);
        List<Delivery<Integer>> deliveries = List.of(other.receive(), other.receive());
        assertThat(deliveries).containsExactlyInAnyOrder(new Delivery<>(1, 1), new Delivery<>(2, 1));
        other.taskDone();
        other.taskDone();
        other.join();
    }

    @Test
    void forgottenTaskComesBack() throws Exception {
        JoinableQueue<Integer> queue = queue(Codecs.ofInt());
        queue.put(1);
        WeakReference<Object> forgotten = new WeakReference<>(queue.take());
        Background.awaitUntil(() -> {
            System.gc();
            return forgotten.get() == null;
        });
        assertThat(queue.receive()).isEqualTo(new Delivery<>(1, 1));
        queue.taskDone();
        queue.join();
    }

    @Test
    void aSlowTaskStopsNobody() throws Exception {
        int many = 1_000_000;
        JoinableQueue<Integer> queue = queue(Codecs.ofInt());
        queue.put(-1);
        Task<Integer> slow = queue.take();
        Background<Object> putter = Background.start(() -> {
            queue.putAll(() -> IntStream.range(0, many).iterator());
            return null;
        });
        opened.add(putter);
        JoinableQueue<Integer> other = other(queue, Codecs.ofInt());
        for (int i = 0; i < many; i++) {
            if (other.get() != i) {
                throw new AssertionError("item " + i);
            }
            other.taskDone();
        }
        putter.result();
        assertThat(other.join(NOT_AT_ALL)).isFalse();
        slow.done();
        queue.join();
        assertThat(other.poll()).isNull();
        other.put(1);
        other.get();
        other.taskDone();
        assertThat(files().stream().filter(name -> name.contains("~ring")).count()).isEqualTo(1);
    }
}
