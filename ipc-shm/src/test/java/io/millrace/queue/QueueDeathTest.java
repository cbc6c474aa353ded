package io.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.domain.SharedDirectory;
import io.millrace.domain.Unshare;
import io.millrace.ring.ChainChild;
import io.millrace.testing.Background;
import io.millrace.testing.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A JVM is killed at a named point of what it does with a queue. The others go on; what was put arrives, flagged if it
 * may have been got before.
 */
@Timeout(60)
class QueueDeathTest {
    private static final String NAME = "orders";
    private static final int PUT_BEFORE = 5;

    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private final List<AutoCloseable> opened = new ArrayList<>();

    private Path domain() {
        return parent.resolve("domain");
    }

    private QueueBase<Parcel> create(QueueSubject subject, int maxItems) {
        QueueBuilder<Parcel, ? extends QueueBase<Parcel>> builder =
            subject.builder(domain(), new ParcelCodec()).name(NAME);
        if (maxItems > 0) {
            builder.maxItems(maxItems);
        }
        QueueBase<Parcel> queue = builder.create();
        opened.add(queue::remove);
        return queue;
    }

    private static void putFirst(QueueBase<Parcel> queue, int producerOfFirst) throws InterruptedException {
        for (long number = 0; number < PUT_BEFORE; number++) {
            queue.put(new Parcel(number == 0 ? producerOfFirst : 1, number));
        }
    }

    private ChildJvm child(String task, QueueSubject subject) throws IOException {
        ChildJvm child = ChildJvm.of(QueueChild.class).start(task, subject, domain(), NAME);
        opened.add(child);
        return child;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(domain())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private long count(String part) {
        try {
            return files().stream().filter(name -> name.contains("~" + part)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void removeAllAndFindNothing() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        if (Files.exists(domain())) {
            assertThat(files()).containsExactly("lock", "table");
        }
    }

    /** Numbers of parcels, in the order in which they come, with an asterisk where they may have come before. */
    private static String rest(QueueBase<Parcel> queue, int count) throws InterruptedException {
        StringBuilder numbers = new StringBuilder();
        for (int i = 0; i < count; i++) {
            Delivery<Parcel> delivery = queue.receive();
            numbers.append(delivery.item().number()).append(delivery.isRedelivered() ? "* " : " ");
            if (queue instanceof JoinableQueue<Parcel> tasks) {
                tasks.taskDone();
            }
        }
        return numbers.toString().strip();
    }

    private static void goOn(QueueBase<Parcel> queue) throws InterruptedException {
        for (long number = 100; number < 1_100; number++) {
            queue.put(new Parcel(2, number));
            assertThat(rest(queue, 1)).isEqualTo(String.valueOf(number));
        }
        assertThat(queue.isEmpty()).isTrue();
        if (queue instanceof JoinableQueue<Parcel> tasks) {
            tasks.join();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SHARED_ONE_HANDLE", "JOINABLE_ONE_HANDLE"})
    void producerDiesInTheMiddleOfAMessage(QueueSubject subject) throws Exception {
        QueueBase<Parcel> queue = create(subject, 0);
        putFirst(queue, 1);
        ChildJvm child = child("encoding", subject);
        child.awaitLine("encoding");
        queue.put(new Parcel(1, 8)); // behind the one that never comes
        Background<String> waiting = Background.start(() -> rest(queue, PUT_BEFORE + 3));
        opened.add(waiting);
        child.kill();
        assertThat(waiting.result()).isEqualTo("0 1 2 3 4 5 6 8");
        goOn(queue);
    }

    @ParameterizedTest
    @EnumSource(names = {"SHARED_ONE_HANDLE", "JOINABLE_ONE_HANDLE"})
    void whoOnlyTriesFindsTheDeadProducerToo(QueueSubject subject) throws Exception {
        QueueBase<Parcel> queue = create(subject, 0);
        ChildJvm child = child("encoding", subject);
        child.awaitLine("encoding");
        assertThat(rest(queue, 2)).isEqualTo("5 6");
        queue.put(new Parcel(1, 8));
        child.kill();
        Parcel[] got = new Parcel[1];
        Background.awaitUntil(() -> (got[0] = queue.poll()) != null);
        assertThat(got[0].number()).isEqualTo(8);
        if (queue instanceof JoinableQueue<Parcel> tasks) {
            tasks.taskDone();
        }
        goOn(queue);
    }

    @ParameterizedTest
    @EnumSource(names = {"SHARED_ONE_HANDLE", "JOINABLE_ONE_HANDLE"})
    void whoOnlyOffersFindsTheDeadProducerToo(QueueSubject subject) throws Exception {
        QueueBase<Parcel> queue = create(subject, 3);
        ChildJvm child = child("encoding", subject);
        child.awaitLine("encoding");
        assertThat(queue.offer(new Parcel(1, 8))).isFalse();
        assertThat(rest(queue, 2)).isEqualTo("5 6");
        child.kill();
        assertThat(queue.offer(new Parcel(1, 9))).isTrue();
        assertThat(queue.offer(new Parcel(1, 10))).isTrue();
        Background.awaitUntil(() -> queue.offer(new Parcel(1, 11)));
        assertThat(rest(queue, 3)).isEqualTo("9 10 11");
        goOn(queue);
    }

    @ParameterizedTest
    @CsvSource({"SHARED_ONE_HANDLE,1", "SHARED_ONE_HANDLE,1000", "JOINABLE_ONE_HANDLE,1", "JOINABLE_ONE_HANDLE,1000"})
    void consumerDiesWhileItReads(QueueSubject subject, int producerOfFirst) throws Exception {
        QueueBase<Parcel> queue = create(subject, 0);
        putFirst(queue, producerOfFirst);
        ChildJvm child = child("decoding", subject);
        child.awaitLine("going to decoding");
        child.awaitLine("decoding");
        assertThat(rest(queue, 2)).isEqualTo("1 2");
        child.kill();
        Background<String> waiting = Background.start(() -> rest(queue, 3));
        opened.add(waiting);
        String numbers = waiting.result();
        assertThat(numbers.split(" ")).containsExactlyInAnyOrder("0*", "3", "4");
        assertThat(count("message")).isZero();
        goOn(queue);
    }

    @Test
    void tasksOfADeadConsumerComeBackAndJoinReturns() throws Exception {
        JoinableQueue<Parcel> queue = (JoinableQueue<Parcel>) create(QueueSubject.JOINABLE_ONE_HANDLE, 0);
        putFirst(queue, 1);
        ChildJvm child = child("holding", QueueSubject.JOINABLE_ONE_HANDLE);
        child.awaitLine("holding");
        assertThat(rest(queue, 3)).isEqualTo("2 3 4");
        assertThat(queue.join(Duration.ofMillis(50))).isFalse();
        List<Background<Boolean>> joiners = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            joiners.add(Background.start(() -> {
                queue.join();
                return true;
            }));
        }
        opened.addAll(joiners);
        child.kill();
        Delivery<Parcel> first = queue.receive();
        Delivery<Parcel> second = queue.receive();
        assertThat(first).isEqualTo(new Delivery<>(new Parcel(1, 0), 1));
        assertThat(second).isEqualTo(new Delivery<>(new Parcel(1, 1), 1));
        assertThat(joiners).noneMatch(Background::isOver);
        queue.taskDone();
        queue.taskDone();
        for (Background<Boolean> joiner : joiners) {
            assertThat(joiner.result()).isTrue();
        }
        goOn(queue);
    }

    @Test
    void longTaskWhoseFileIsGoneWasDone() throws Exception {
        JoinableQueue<Parcel> queue = (JoinableQueue<Parcel>) create(QueueSubject.JOINABLE_ONE_HANDLE, 0);
        putFirst(queue, ParcelCodec.LARGE);
        ChildJvm child = child("deleted", QueueSubject.JOINABLE_ONE_HANDLE);
        child.awaitLine("deleted");
        child.kill();
        assertThat(rest(queue, 4)).isEqualTo("1 2 3 4");
        Background.awaitUntil(() -> {
            try {
                assertThat(queue.poll()).isNull();
                return queue.join(Duration.ZERO);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        goOn(queue);
    }

    @Test
    void joinerDies() throws Exception {
        JoinableQueue<Parcel> queue = (JoinableQueue<Parcel>) create(QueueSubject.JOINABLE_ONE_HANDLE, 0);
        putFirst(queue, 1);
        ChildJvm child = child("joining", QueueSubject.JOINABLE_ONE_HANDLE);
        child.awaitLine("going to joining");
        QueueContract.awaitSleeperForSpace(queue);
        child.kill();
        assertThat(rest(queue, 5)).isEqualTo("0 1 2 3 4");
        goOn(queue);
    }

    @Test
    void waitingConsumerDiesAndTakesNothingWithIt() throws Exception {
        QueueBase<Parcel> queue = create(QueueSubject.SHARED_ONE_HANDLE, 0);
        ChildJvm child = child("waiting", QueueSubject.SHARED_ONE_HANDLE);
        child.awaitLine("going to waiting");
        QueueContract.awaitSleeperForData(queue);
        child.kill();
        goOn(queue);
    }

    @Test
    void producerThatWaitsWithALongMessageDiesAndItsFileGoesWithTheQueue() throws Exception {
        QueueBase<Parcel> queue = create(QueueSubject.SHARED_ONE_HANDLE, PUT_BEFORE);
        putFirst(queue, 1);
        ChildJvm child = child("putting-large", QueueSubject.SHARED_ONE_HANDLE);
        child.awaitLine("going to putting-large");
        QueueContract.awaitSleeperForSpace(queue);
        assertThat(count("message")).isEqualTo(1);
        child.kill();
        assertThat(rest(queue, PUT_BEFORE)).isEqualTo("0 1 2 3 4");
        goOn(queue);
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "linked", "unlinking"})
    void growthAndRetirementAreCutOff(String point) throws Exception {
        QueueBase<Parcel> queue = create(QueueSubject.SHARED_ONE_HANDLE, 0);
        ChildJvm child = ChildJvm.of(ChainChild.class).start(point, domain(), NAME, QueueLayout.CHAIN,
            MessageType.NULL);
        opened.add(child);
        int left = Integer.parseInt(child.awaitLine());
        child.awaitLine(point);
        queue.put(new Parcel(1, 0)); // while the other stands there
        child.kill();
        for (int i = 0; i < left; i++) {
            assertThat(queue.get()).isNull();
        }
        assertThat(queue.get()).isEqualTo(new Parcel(1, 0));
        goOn(queue);
        int rings = 0;
        while (count("ring-") < 4) {
            queue.put(new Parcel(1, ++rings));
        }
        for (int i = 1; i <= rings; i++) {
            assertThat(queue.get()).isEqualTo(new Parcel(1, i));
        }
        goOn(queue);
        // What the dead one had made and nobody knows, or had passed and not removed, stays until the queue goes.
        assertThat(count("ring-")).isLessThanOrEqualTo(2);
    }

    @Test
    void fullFileSystemIsNoRoom() throws Exception {
        Path directory = Files.createDirectory(parent.resolve("small"));
        String[] mount = Unshare.mounts("mount -t tmpfs -o size=5m,mode=0700 none '" + directory + "'");
        try (ChildJvm child = ChildJvm.of(QueueChild.class).through(mount).start("fill",
            QueueSubject.SHARED_ONE_HANDLE, directory)) {
            assertThat(child.awaitLine()).contains("its file system is full");
            assertThat(child.awaitLine()).contains("InsufficientSpaceException");
            child.awaitLine("all came");
            child.awaitLine("[lock, table]");
        }
    }
}
