package io.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.codec.Codec;
import io.millrace.codec.Codecs;
import io.millrace.codec.DecodingException;
import io.millrace.codec.EncodingException;
import io.millrace.codec.InPlaceCodec;
import io.millrace.codec.MessageBuffer;
import io.millrace.memory.Region;
import io.millrace.queue.QueueSubject.Ends;
import io.millrace.testing.Background;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What goes in comes out: order, null, batches, codecs that throw, many threads. */
class QueueItemsTest extends QueueContract {
    private static final int MANY = 20_000;

    @Test
    void itemsComeInTheOrderInWhichTheyWerePut() throws Exception {
        Ends<Object> queue = queue(Codecs.serializable());
        List<Object> items = Arrays.asList("a", null, List.of(1, 2), null, 3L);
        for (Object item : items) {
            queue.in().put(item);
        }
        assertThat(queue.out().size()).isEqualTo(5);
        assertThat(queue.out().isEmpty()).isFalse();
        for (Object item : items) {
            assertThat(queue.get()).isEqualTo(item);
        }
        assertThat(queue.in().isEmpty()).isTrue();
    }

    @Test
    void whatIsChangedAfterItWasPutIsNotChangedInTheQueue() throws Exception {
        Ends<Object> queue = queue(Codecs.serializable());
        List<Integer> item = new ArrayList<>(List.of(1));
        queue.in().put(item);
        item.add(2);
        assertThat(queue.get()).isEqualTo(List.of(1));
    }

    @Test
    void deliverySaysThatAnItemIsNew() throws Exception {
        Ends<String> queue = queue(Codecs.utf8());
        queue.in().put("a");
        Delivery<String> delivery = queue.out().receive();
        queue.done();
        assertThat(delivery).isEqualTo(new Delivery<>("a", 0));
        assertThat(delivery.isRedelivered()).isFalse();
        assertThatThrownBy(() -> queue.out().receive(NOT_AT_ALL)).isInstanceOf(QueueEmptyException.class);
    }

    @Test
    void batchesKeepTheOrderAndMayHoldEverything() throws Exception {
        Ends<byte[]> queue = queue(Codecs.bytes());
        List<byte[]> items = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            items.add(i % 100 == 99 ? null : new byte[i % 500 == 250 ? 300_000 : i % 700]);
        }
        queue.in().putAll(items);
        assertThat(queue.in().size()).isEqualTo(items.size());
        for (byte[] item : items) {
            assertThat(queue.get()).isEqualTo(item);
        }
        queue.in().putAll(List.of());
        assertThat(queue.in().isEmpty()).isTrue();
    }

    @Test
    void ofABatchThatThrowsSomeOfTheFirstArePutAndTheQueueGoesOn() throws Exception {
        Ends<Integer> queue = queue(Codecs.ofInt());
        Iterable<Integer> throwing = () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                if (next == 300) {
                    throw new IllegalArgumentException("enough");
                }
                return next++;
            }
        };
        assertThatThrownBy(() -> queue.in().putAll(throwing)).hasMessage("enough");
        int put = queue.in().size();
        assertThat(put).isBetween(0, 300);
        queue.in().put(-1);
        for (int i = 0; i < put; i++) {
            assertThat(queue.get()).isEqualTo(i);
        }
        assertThat(queue.get()).isEqualTo(-1);
    }

    @Test
    void drainPassesItemsOnAndEndsAtTheLimit() throws Exception {
        Ends<Integer> queue = queue(Codecs.ofInt());
        queue.in().putAll(IntStream.range(0, 10).boxed().toList());
        List<Integer> got = new ArrayList<>();
        assertThat(queue.out().drain(got::add, 4)).isEqualTo(4);
        assertThat(queue.out().drain(got::add, 100)).isEqualTo(6);
        assertThat(queue.out().drain(got::add, 1)).isZero();
        got.forEach(item -> queue.done());
        assertThat(got).containsExactlyElementsOf(IntStream.range(0, 10).boxed().toList());
        assertThatThrownBy(() -> queue.out().drain(got::add, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void handlerThatThrowsEndsTheDrainAndItsItemIsGot() throws Exception {
        Ends<Integer> queue = queue(Codecs.ofInt());
        queue.in().putAll(List.of(1, 2, 3));
        assertThatThrownBy(() -> queue.out().drain(item -> {
            if (item == 2) {
                throw new IllegalArgumentException("no twos");
            }
        }, 3)).hasMessage("no twos");
        queue.done();
        queue.done();
        assertThat(queue.get()).isEqualTo(3);
    }

    /** Throws as it is told to, on either way into the queue. */
    private static final class Choosy implements InPlaceCodec<String> {
        private final InPlaceCodec<String> codec = Codecs.utf8();

        @Override
        public String id() {
            return codec.id();
        }

        @Override
        public int lengthMax(String item) {
            return codec.lengthMax(item);
        }

        @Override
        public int encodeInPlace(String item, Region target) {
            if (item.startsWith("unencodable")) {
                throw new EncodingException(item);
            }
            return codec.encodeInPlace(item, target);
        }

        @Override
        public String decode(Region message) {
            String item = codec.decode(message);
            if (item.startsWith("undecodable")) {
                throw new DecodingException(item.substring(0, "undecodable".length()));
            }
            return item;
        }
    }

    @Test
    void itemThatCannotBeEncodedIsNotPut() throws Exception {
        Ends<String> queue = queue(new Choosy(), builder -> builder.maxItems(2));
        String large = "unencodable" + "x".repeat(300_000);
        for (int i = 0; i < 10; i++) { // more often than there is room for
            assertThatThrownBy(() -> queue.in().put("unencodable")).isInstanceOf(EncodingException.class);
            assertThatThrownBy(() -> queue.in().put(large)).isInstanceOf(EncodingException.class);
            assertThatThrownBy(() -> queue.in().putAll(List.of("unencodable"))).isInstanceOf(EncodingException.class);
        }
        queue.in().put("a");
        assertThat(queue.in().offer("b")).isTrue();
        assertThat(queue.get()).isEqualTo("a");
        assertThat(queue.get()).isEqualTo("b");
        assertThat(count("message")).isZero();
    }

    @Test
    void notSerializableIsRefusedToWhoeverPutsIt() {
        Ends<Object> queue = queue(Codecs.serializable());
        assertThatThrownBy(() -> queue.in().put(new Thread())).isInstanceOf(EncodingException.class)
            .hasMessageContaining("Thread");
        assertThat(queue.in().isEmpty()).isTrue();
    }

    @Test
    void itemThatCannotBeDecodedIsOver() throws Exception {
        Ends<String> queue = queue(new Choosy(), builder -> builder.maxItems(3));
        queue.in().put("undecodable");
        queue.in().put("undecodable" + "x".repeat(300_000));
        queue.in().put("a");
        assertThatThrownBy(() -> queue.out().get()).isInstanceOf(DecodingException.class);
        assertThatThrownBy(() -> queue.out().poll()).isInstanceOf(DecodingException.class);
        assertThat(count("message")).isZero();
        assertThat(queue.get()).isEqualTo("a");
        assertThat(queue.in().isEmpty()).isTrue();
    }

    @Test
    void decodingThatThrowsWakesWhoeverWaitsForRoom() throws Exception {
        Ends<String> queue = queue(new Choosy(), builder -> builder.maxItems(1));
        queue.in().put("undecodable");
        Background<Boolean> waiting = start(() -> queue.in().offer("b", FOREVER));
        awaitSleeperForSpace(queue.in());
        assertThatThrownBy(() -> queue.out().get()).isInstanceOf(DecodingException.class);
        assertThat(waiting.result()).isTrue();
        assertThat(queue.get()).isEqualTo("b");
    }

    /** A codec whose code uses the queue. */
    private static final class Curious implements Codec<String> {
        private Ends<String> queue;
        private String seen;

        @Override
        public String id() {
            return "curious";
        }

        @Override
        public void encode(String item, MessageBuffer buffer) {
            if (item.equals("outer")) {
                queue.in().offer("inner");
            }
            Codecs.utf8().encode(item, buffer);
        }

        @Override
        public String decode(Region message) {
            String item = Codecs.utf8().decode(message);
            if (item.equals("inner")) {
                seen = queue.out().poll();
            }
            return item;
        }
    }

    @Test
    void codecMayUseTheQueueItself() throws Exception {
        Curious codec = new Curious();
        Ends<String> queue = queue(codec);
        codec.queue = queue;
        queue.in().put("outer");
        assertThat(queue.get()).isEqualTo("inner");
        assertThat(codec.seen).isEqualTo("outer");
    }

    @Test
    void manyThreadsPutAndGetEachItemOnceInOrder() throws Exception {
        int threads = 4;
        Ends<Long> queue = queue(Codecs.ofLong(), builder -> builder.maxItems(1_000));
        Set<Long> got = ConcurrentHashMap.newKeySet();
        List<Background<?>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            long producer = (long) i << 32;
            all.add(start(() -> {
                for (long number = 0; number < MANY; number++) {
                    queue.in().put(producer + number);
                }
                return null;
            }));
            all.add(start(() -> {
                long[] last = LongStream.generate(() -> -1).limit(threads).toArray();
                for (int count = 0; count < MANY; count++) {
                    long item = queue.get();
                    assertThat(got.add(item)).as("first time").isTrue();
                    int from = (int) (item >>> 32);
                    assertThat((int) item).as("order of producer " + from).isGreaterThan((int) last[from]);
                    last[from] = (int) item;
                }
                return null;
            }));
        }
        for (Background<?> each : all) {
            each.result();
        }
        assertThat(got).hasSize(threads * MANY);
        assertThat(queue.out().isEmpty()).isTrue();
    }

    @Test
    void virtualThreadsPutAndGet() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "no virtual threads");
        Ends<Integer> queue = queue(Codecs.ofInt(), builder -> builder.maxItems(2));
        List<Thread> threads = new ArrayList<>();
        Set<Integer> got = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 50; i++) {
            int number = i;
            threads.add(startVirtual(() -> got.add(queue.get())));
            threads.add(startVirtual(() -> {
                queue.in().put(number);
                return null;
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(got).hasSize(50);
    }

    private static Thread startVirtual(java.util.concurrent.Callable<?> work) throws Exception {
        try {
            return (Thread) MethodHandles.lookup().findStatic(Thread.class, "startVirtualThread",
                MethodType.methodType(Thread.class, Runnable.class)).invoke((Runnable) () -> {
                    try {
                        work.call();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void adapterIsABlockingQueueThatKnowsNoNull() throws Exception {
        Ends<Integer> queue = queue(Codecs.ofInt(), builder -> builder.maxItems(3));
        BlockingQueue<Integer> in = queue.in().asBlockingQueue();
        BlockingQueue<Integer> out = queue.out().asBlockingQueue();
        in.put(1);
        assertThat(in.offer(2)).isTrue();
        assertThat(in.offer(3, Long.MAX_VALUE, TimeUnit.DAYS)).isTrue();
        assertThat(in.remainingCapacity()).isZero();
        assertThat(in.offer(4)).isFalse();
        assertThat(in.offer(4, 1, TimeUnit.MILLISECONDS)).isFalse();
        assertThatThrownBy(() -> in.add(4)).isInstanceOf(IllegalStateException.class);
        assertThat(out).hasSize(3);
        assertThat(out.take()).isEqualTo(1);
        assertThat(out.poll(Long.MAX_VALUE, TimeUnit.DAYS)).isEqualTo(2);
        List<Integer> rest = new ArrayList<>();
        assertThat(out.drainTo(rest)).isEqualTo(1);
        assertThat(rest).containsExactly(3);
        assertThat(out.drainTo(rest, 0)).isZero();
        assertThat(out.poll()).isNull();
        assertThatThrownBy(() -> in.put(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> in.offer(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> out.drainTo(queue.out().asBlockingQueue()))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(out::peek).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(out::iterator).isInstanceOf(UnsupportedOperationException.class);
        assertThat(out.toString()).isEqualTo(queue.out().toString());
    }

    @Test
    void toStringSaysWhatItIsAndHowFull() throws Exception {
        Ends<String> queue = queue(Codecs.utf8(), builder -> builder.maxItems(5));
        queue.in().put("a");
        assertThat(queue.out().toString()).startsWith(subject.isJoinable() ? "joinable-queue " : "queue ")
            .contains(queue.in().name()).endsWith(" [utf-8, 1 items of 5]");
        queue.in().close();
        assertThat(queue.in().toString()).endsWith("[closed]");
    }
}
