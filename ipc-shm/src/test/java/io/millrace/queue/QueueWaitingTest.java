package io.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.codec.Codec;
import io.millrace.codec.Codecs;
import io.millrace.codec.MessageBuffer;
import io.millrace.domain.ObjectRemovedException;
import io.millrace.memory.Region;
import io.millrace.queue.QueueSubject.Ends;
import io.millrace.testing.Background;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What ends a wait but what it waits for: interrupts, close, removal. */
class QueueWaitingTest extends QueueContract {
    private static final int INLINE_MAX = 1 << 18;

    private static void assertFailed(Background<?> background, Class<? extends Exception> expected) {
        assertThatThrownBy(background::result).isInstanceOf(ExecutionException.class)
            .cause().isInstanceOf(expected);
    }

    /** A queue in which one item has room, and somebody waits for an item. */
    private Background<Integer> blockedGetter(Ends<Integer> queue) throws InterruptedException {
        Background<Integer> getter = start(() -> queue.out().get());
        awaitSleeperForData(queue.out());
        return getter;
    }

    private Background<Object> blockedPutter(Ends<Integer> queue) throws InterruptedException {
        queue.in().put(1);
        Background<Object> putter = start(() -> {
            queue.in().put(2);
            return null;
        });
        awaitSleeperForSpace(queue.in());
        return putter;
    }

    private Ends<Integer> queueOfOne() {
        return queue(Codecs.ofInt(), builder -> builder.maxItems(1));
    }

    @Test
    void interruptEndsABlockedGet() throws Exception {
        Ends<Integer> queue = queueOfOne();
        Background<Integer> getter = blockedGetter(queue);
        getter.interrupt();
        assertFailed(getter, InterruptedException.class);
        queue.in().put(7);
        assertThat(queue.get()).isEqualTo(7);
    }

    @Test
    void interruptEndsABlockedPutAndNothingWasPut() throws Exception {
        Ends<Integer> queue = queueOfOne();
        Background<Object> putter = blockedPutter(queue);
        putter.interrupt();
        assertFailed(putter, InterruptedException.class);
        assertThat(queue.get()).isEqualTo(1);
        assertThat(queue.out().poll()).isNull();
    }

    @Test
    void interruptedThreadGetsWhatIsThereAndGrowsTheQueueAndStaysInterrupted() throws Exception {
        Ends<byte[]> queue = queue(Codecs.bytes());
        byte[] large = new byte[INLINE_MAX + 1];
        Background<Object> worker = start(() -> {
            Thread.currentThread().interrupt();
            for (int i = 0; i < 10; i++) {
                queue.in().put(large);
                queue.in().putAll(List.of(new byte[INLINE_MAX - 1], new byte[INLINE_MAX - 2]));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(queue.get()).hasSameSizeAs(large);
                assertThat(queue.get()).hasSize(INLINE_MAX - 1);
                assertThat(queue.get()).hasSize(INLINE_MAX - 2);
            }
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            return null;
        });
        worker.result();
        assertThat(count("message")).isZero();
    }

    @Test
    void interruptedThreadClosesAndLeavesNothing() throws Exception {
        Ends<Integer> queue = queue(Codecs.ofInt());
        queue.in().put(1);
        start(() -> {
            Thread.currentThread().interrupt();
            queue.close();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            return null;
        }).result();
        assertThat(files()).containsExactly("lock", "table");
    }

    @Test
    void closeWakesABlockedGet() throws Exception {
        Ends<Integer> queue = queueOfOne();
        Background<Integer> getter = blockedGetter(queue);
        queue.out().close();
        assertFailed(getter, IllegalStateException.class);
    }

    @Test
    void closeWakesABlockedPut() throws Exception {
        Ends<Integer> queue = queueOfOne();
        Background<Object> putter = blockedPutter(queue);
        queue.in().close();
        assertFailed(putter, IllegalStateException.class);
        if (subject.hasTwoHandles()) {
            assertThat(queue.get()).isEqualTo(1);
            assertThat(queue.out().poll()).isNull();
        }
    }

    @Test
    void otherHandlesGoOnAfterOneIsClosed() throws Exception {
        assumeTrue(subject.hasTwoHandles());
        Ends<Integer> queue = queueOfOne();
        Background<Integer> getter = blockedGetter(queue);
        try (QueueBase<Integer> third = subject.builder(domain(), Codecs.ofInt()).name(queue.in().name()).open()) {
            queue.in().close();
            third.put(5);
        }
        assertThat(getter.result()).isEqualTo(5);
    }

    @Test
    void everyCallAfterCloseIsRefused() {
        Ends<Integer> queue = queueOfOne();
        QueueBase<Integer> in = queue.in();
        in.close();
        in.close();
        Stream<ThrowingCallable> calls = Stream.of(() -> in.put(1), () -> in.put(1, SOON), () -> in.offer(1),
            () -> in.offer(1, SOON), () -> in.putAll(List.of(1)), in::get, () -> in.get(SOON), in::poll,
            () -> in.poll(SOON), in::receive, () -> in.receive(SOON), () -> in.drain(item -> { }, 1), in::size,
            in::isEmpty, in::isFull, in::maxItems, in::dropped, in::remove);
        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(IllegalStateException.class));
        if (in instanceof JoinableQueue<Integer> tasks) {
            assertThat(Stream.<ThrowingCallable>of(tasks::take, tasks::taskDone, tasks::join,
                () -> tasks.join(SOON))).allSatisfy(call ->
                    assertThatThrownBy(call).isInstanceOf(IllegalStateException.class));
        }
    }

    @Test
    void removalEndsEveryWaitAndLeavesNothing() throws Exception {
        Ends<Integer> queue = queueOfOne();
        Background<Integer> getter = blockedGetter(queue);
        queue.in().remove();
        assertFailed(getter, subject.hasTwoHandles() ? ObjectRemovedException.class : IllegalStateException.class);
        assertThat(files()).containsExactly("lock", "table");
    }

    @Test
    void removedQueueTakesAndGivesNothing() throws Exception {
        assumeTrue(subject.hasTwoHandles());
        Ends<byte[]> queue = queue(Codecs.bytes());
        queue.in().put(new byte[1]);
        queue.out().remove();
        QueueBase<byte[]> in = queue.in();
        Stream<ThrowingCallable> calls = Stream.of(() -> in.put(new byte[1]), () -> in.offer(new byte[INLINE_MAX + 1]),
            () -> in.putAll(List.of(new byte[1])), in::get, in::poll, () -> in.drain(item -> { }, 1), in::size,
            in::dropped);
        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(ObjectRemovedException.class));
        assertThat(in.toString()).contains("was removed");
        assertThatCode(in::remove).doesNotThrowAnyException();
    }

    @Test
    void nameIsFreeAfterRemovalAndTheNewQueueIsAnother() throws Exception {
        QueueBase<Integer> first = closedAfterwards(subject.builder(domain(), Codecs.ofInt()).name("jobs").create());
        QueueBase<Integer> user = closedAfterwards(subject.builder(domain(), Codecs.ofInt()).name("jobs").open());
        first.put(1);
        first.remove();
        QueueBase<Integer> second = closedAfterwards(subject.builder(domain(), Codecs.ofInt()).name("jobs").create());
        assertThat(second.isEmpty()).isTrue();
        assertThatThrownBy(() -> user.put(2)).isInstanceOf(ObjectRemovedException.class);
        user.close();
        second.put(3);
        assertThat(second.get()).isEqualTo(3);
        second.remove();
    }

    @Test
    void closeWithinAHandlerIsRefusedAndTheQueueGoesOn() throws Exception {
        Ends<Integer> queue = queue(Codecs.ofInt());
        queue.in().put(1);
        assertThatThrownBy(() -> queue.out().drain(item -> queue.out().close(), 1))
            .isInstanceOf(IllegalStateException.class).hasMessageContaining("within");
        queue.done();
        queue.in().put(2);
        assertThatThrownBy(() -> queue.out().drain(item -> queue.out().remove(), 1))
            .isInstanceOf(IllegalStateException.class).hasMessageContaining("within");
        queue.done();
        queue.in().put(3);
        assertThat(queue.get()).isEqualTo(3);
    }

    /** Stays in its encoding until it is told to go on. */
    private static final class Slow implements Codec<Integer> {
        private final java.util.concurrent.CountDownLatch inside = new java.util.concurrent.CountDownLatch(1);
        private final java.util.concurrent.CountDownLatch goOn = new java.util.concurrent.CountDownLatch(1);

        @Override
        public String id() {
            return "slow";
        }

        @Override
        public void encode(Integer item, MessageBuffer buffer) {
            inside.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            Codecs.ofInt().encode(item, buffer);
        }

        @Override
        public Integer decode(Region message) {
            return Codecs.ofInt().decode(message);
        }
    }

    @Test
    void closeWaitsForWhoeverIsInTheMiddle() throws Exception {
        Slow codec = new Slow();
        Ends<Integer> queue = queue(codec);
        Background<Object> putter = start(() -> {
            queue.in().put(1);
            return null;
        });
        codec.inside.await();
        Callable<Object> close = () -> {
            queue.in().close();
            return null;
        };
        Background<Object> closer = start(close);
        Background.awaitUntil(() -> queue.in().core.isClosed());
        assertThat(closer.isOver()).isFalse();
        codec.goOn.countDown();
        assertFailed(putter, IllegalStateException.class);
        closer.result();
    }
}
