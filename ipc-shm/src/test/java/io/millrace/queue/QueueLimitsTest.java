package io.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.codec.Codecs;
import io.millrace.queue.QueueSubject.Ends;
import io.millrace.testing.Background;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much fits, and what happens when nothing more does; how long one waits for it. */
class QueueLimitsTest extends QueueContract {
    private static final int INLINE_MAX = 1 << 18;

    @Test
    void asManyItemsAsTheLimitSaysAndNoMore() throws Exception {
        Ends<Integer> queue = queue(Codecs.ofInt(), builder -> builder.maxItems(3));
        assertThat(queue.out().maxItems()).isEqualTo(3);
        queue.in().putAll(List.of(1, 2, 3));
        assertThat(queue.out().isFull()).isTrue();
        assertThat(queue.in().offer(4)).isFalse();
        assertThat(queue.in().offer(null, SOON)).isFalse();
        assertThatThrownBy(() -> queue.in().put(4, SOON)).isInstanceOf(QueueFullException.class)
            .hasMessageContaining("limit of 3 items");
        assertThat(queue.get()).isEqualTo(1);
        assertThat(queue.in().offer(4)).isTrue();
        assertThat(queue.in().offer(5)).isFalse();
    }

    @Test
    void limitIsExactWhateverManyThreadsDo() throws Exception {
        int limit = 7;
        int each = 5_000;
        Ends<Integer> queue = queue(Codecs.ofInt(), builder -> builder.maxItems(limit));
        AtomicInteger mostSeen = new AtomicInteger();
        AtomicInteger inside = new AtomicInteger();
        List<Background<?>> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            boolean batches = i == 0;
            all.add(start(() -> {
                for (int n = 0; n < each; n += batches ? 10 : 1) {
                    if (batches) {
                        queue.in().putAll(IntStream.range(0, 10).boxed().toList());
                    } else {
                        queue.in().put(n);
                    }
                    assertThat(inside.addAndGet(batches ? 10 : 1)).isLessThanOrEqualTo(limit);
                    mostSeen.accumulateAndGet(queue.in().size(), Math::max);
                }
                return null;
            }));
            all.add(start(() -> {
                for (int n = 0; n < each; n++) {
                    inside.decrementAndGet(); // before: so it is never more than there are
                    queue.get();
                }
                return null;
            }));
        }
        for (Background<?> one : all) {
            one.result();
        }
        assertThat(mostSeen.get()).isBetween(1, limit);
        assertThat(queue.in().isEmpty()).isTrue();
        queue.in().putAll(IntStream.range(0, limit).boxed().toList());
        assertThat(queue.in().offer(0)).as("room for one more than the limit").isFalse();
    }

    @Test
    void noWaitOrANegativeOneTriesOnce() throws Exception {
        Ends<Integer> queue = queue(Codecs.ofInt(), builder -> builder.maxItems(1));
        for (Duration none : List.of(NOT_AT_ALL, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
            assertThatThrownBy(() -> queue.out().get(none)).isInstanceOf(QueueEmptyException.class)
                .hasMessageContaining(queue.in().name());
            assertThat(queue.out().poll(none)).isNull();
            queue.in().put(1, none);
            assertThat(queue.in().offer(2, none)).isFalse();
            assertThatThrownBy(() -> queue.in().put(2, none)).isInstanceOf(QueueFullException.class);
            assertThat(queue.out().get(none)).isEqualTo(1);
            queue.done();
        }
    }

    @Test
    void aWaitEndsWithItsTime() throws Exception {
        Ends<Integer> queue = queue(Codecs.ofInt(), builder -> builder.maxItems(1));
        assertThatThrownBy(() -> queue.out().get(SOON)).isInstanceOf(QueueEmptyException.class)
            .hasMessageContaining("0.03S");
        assertThat(queue.out().poll(SOON)).isNull();
        queue.in().put(1);
        assertThat(queue.in().offer(2, SOON)).isFalse();
    }

    @Test
    void aWaitWithoutEndEndsWithTheItem() throws Exception {
        Ends<Integer> queue = queue(Codecs.ofInt(), builder -> builder.maxItems(1));
        Background<Integer> getter = start(() -> {
            int got = queue.out().get(FOREVER);
            queue.done();
            return got;
        });
        awaitSleeperForData(queue.out());
        queue.in().put(1, FOREVER);
        assertThat(getter.result()).isEqualTo(1);
        queue.in().put(2);
        Background<Boolean> putter = start(() -> queue.in().offer(3, FOREVER));
        awaitSleeperForSpace(queue.in());
        assertThat(queue.get()).isEqualTo(2);
        assertThat(putter.result()).isTrue();
    }

    @Test
    void aMillionItemsBeforeAnybodyReadsAndThenOneRingFileIsLeft() throws Exception {
        assumeTrue(subject.hasTwoHandles(), "long enough to do it twice only");
        int many = 1_000_000;
        Ends<Integer> queue = queue(Codecs.ofInt());
        queue.in().putAll(() -> IntStream.range(0, many).iterator());
        assertThat(queue.out().size()).isEqualTo(many);
        assertThat(count("ring")).isGreaterThan(3);
        for (int i = 0; i < many; i++) {
            if (queue.get() != i) {
                throw new AssertionError("item " + i);
            }
        }
        assertThat(queue.out().poll()).isNull();
        queue.in().put(1);
        assertThat(queue.get()).isEqualTo(1);
        assertThat(count("ring")).isEqualTo(1);
    }

    @Test
    void limitOfBytesIsNamedAndHolds() throws Exception {
        long limit = 3 << 20;
        Ends<byte[]> queue = queue(Codecs.bytes(), builder -> builder.maxBytes(limit));
        byte[] item = new byte[50_000];
        int put = 0;
        while (queue.in().offer(item)) {
            put++;
        }
        assertThat((long) put * item.length).isBetween(limit * 8 / 10, limit);
        assertThatThrownBy(() -> queue.in().put(item, SOON)).isInstanceOf(QueueFullException.class)
            .hasMessageContaining(limit + " bytes");
        for (int i = 0; i < 10_000; i++) { // ids must not be used up by trying
            assertThat(queue.in().offer(item)).isFalse();
        }
        Background<Boolean> waiting = start(() -> queue.in().offer(item, FOREVER));
        for (int i = 0; i < put; i++) {
            assertThat(queue.get()).hasSameSizeAs(item);
        }
        assertThat(waiting.result()).isTrue();
        assertThat(queue.get()).hasSameSizeAs(item);
        assertThat(count("ring")).isLessThanOrEqualTo(2);
        assertThat(files().stream().filter(name -> name.contains("ring-")).map(name ->
            Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)))).allMatch(id -> id < 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, INLINE_MAX - 1, INLINE_MAX, INLINE_MAX + 1, 10 << 20})
    void messagesOfEveryLength(int length) throws Exception {
        Ends<byte[]> queue = queue(Codecs.bytes());
        byte[] item = new byte[length];
        for (int i = 0; i < length; i++) {
            item[i] = (byte) (i * 31 >>> 3);
        }
        for (int i = 0; i < 3; i++) {
            queue.in().put(item);
        }
        assertThat(count("message")).isEqualTo(length > INLINE_MAX ? 3 : 0);
        for (int i = 0; i < 3; i++) {
            assertThat(queue.get()).isEqualTo(item);
        }
        assertThat(count("message")).isZero();
    }

    @Test
    void aHundredMebibytes() throws Exception {
        assumeTrue(subject.hasTwoHandles(), "large enough to do it twice only");
        Ends<byte[]> queue = queue(Codecs.bytes());
        byte[] item = new byte[100 << 20];
        item[item.length - 1] = 1;
        queue.in().put(item);
        byte[] got = queue.get();
        assertThat(got.length).isEqualTo(item.length);
        assertThat(got[got.length - 1]).isEqualTo((byte) 1);
        assertThat(count("message")).isZero();
    }

    @Test
    void longMessageThatFindsNoRoomLeavesNoFile() throws Exception {
        Ends<byte[]> queue = queue(Codecs.bytes(), builder -> builder.maxItems(1));
        byte[] item = new byte[INLINE_MAX + 1];
        queue.in().put(item);
        assertThat(queue.in().offer(item)).isFalse();
        assertThat(queue.in().offer(item, SOON)).isFalse();
        assertThat(count("message")).isEqualTo(1);
        assertThat(queue.get()).hasSameSizeAs(item);
        assertThat(count("message")).isZero();
    }

    @Test
    void longMessagesThatNobodyGotGoWithTheQueue() throws Exception {
        Ends<byte[]> queue = queue(Codecs.bytes());
        queue.in().put(new byte[INLINE_MAX + 1]);
        queue.close(); // what is left is looked for after the test
    }

    @Test
    void limitsThatCannotBeAreRefused() {
        QueueBuilder<Integer, ?> builder = subject.builder(domain(), Codecs.ofInt());
        assertThatThrownBy(() -> builder.maxItems(0)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("actual 0");
        assertThatThrownBy(() -> builder.maxItems(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.maxItems(1 << 29)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.maxBytes((1 << 20) - 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.maxBytes(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.deliveriesMax(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.deliveriesMax(4)).isInstanceOf(IllegalArgumentException.class);
    }
}
