package io.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codec.Codecs;
import io.millrace.domain.SharedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queues within one JVM, each handle a user of its own. */
class QueueTest {
    private static final Duration NOT_AT_ALL = Duration.ZERO;

    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private <E> QueueBuilder<E, SharedQueue<E>> queue() {
        return SharedQueue.<E>builder().domain(parent.resolve("domain"));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(parent.resolve("domain"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void itemsComeOutInTheOrderInWhichTheyWerePut() throws Exception {
        try (SharedQueue<Object> queue = this.<Object>queue().create()) {
            queue.put("a");
            queue.put(null);
            queue.put(List.of(1, 2));
            assertThat(queue.size()).isEqualTo(3);
            assertThat(queue.get()).isEqualTo("a");
            assertThat(queue.get()).isNull();
            assertThat(queue.get()).isEqualTo(List.of(1, 2));
            assertThat(queue.isEmpty()).isTrue();
            assertThatThrownBy(() -> queue.get(NOT_AT_ALL)).isInstanceOf(QueueEmptyException.class);
        }
        assertThat(files()).containsExactly("lock", "table");
    }

    @Test
    void aLimitOfItemsIsKept() throws Exception {
        try (SharedQueue<Long> queue = this.<Long>queue().codec(Codecs.ofLong()).maxItems(2).create()) {
            queue.put(1L);
            queue.put(2L);
            assertThat(queue.isFull()).isTrue();
            assertThat(queue.offer(3L)).isFalse();
            assertThatThrownBy(() -> queue.put(3L, NOT_AT_ALL)).isInstanceOf(QueueFullException.class)
                .hasMessageContaining("2 items");
            assertThat(queue.get()).isEqualTo(1L);
            assertThat(queue.offer(3L)).isTrue();
        }
    }

    @Test
    void aMillionItemsMayBePutBeforeAnybodyReads() throws Exception {
        int many = 1_000_000;
        try (SharedQueue<Long> queue = this.<Long>queue().codec(Codecs.ofLong()).name("many").create();
            SharedQueue<Long> other = this.<Long>queue().codec(Codecs.ofLong()).name("many").open()) {
            for (long i = 0; i < many; i++) {
                queue.put(i);
            }
            assertThat(other.size()).isEqualTo(many);
            for (long i = 0; i < many; i++) {
                assertThat(other.get()).isEqualTo(i);
            }
            assertThat(other.isEmpty()).isTrue();
            other.put(7L);
            assertThat(files().stream().filter(name -> name.contains("ring"))).hasSize(1);
            queue.remove();
        }
        assertThat(files()).containsExactly("lock", "table");
    }

    @Test
    void longMessagesTakeAFile() throws Exception {
        byte[] message = new byte[10 << 20];
        message[message.length - 1] = 1;
        try (SharedQueue<byte[]> queue = this.<byte[]>queue().codec(Codecs.bytes()).create()) {
            queue.put(message);
            assertThat(files().stream().filter(name -> name.contains("message"))).hasSize(1);
            assertThat(queue.get()).isEqualTo(message);
            assertThat(files().stream().filter(name -> name.contains("message"))).isEmpty();
        }
    }

    @Test
    void manyAreputTogether() throws Exception {
        try (SharedQueue<Integer> queue = this.<Integer>queue().codec(Codecs.ofInt()).create()) {
            List<Integer> items = IntStream.range(0, 100_000).boxed().toList();
            queue.putAll(items);
            List<Integer> got = new ArrayList<>();
            assertThat(queue.drain(got::add, Integer.MAX_VALUE)).isEqualTo(items.size());
            assertThat(got).isEqualTo(items);
        }
    }

    @Test
    void joinWaitsForTheLastTask() throws Exception {
        try (JoinableQueue<String> queue =
            JoinableQueue.<String>builder().domain(parent.resolve("domain")).create()) {
            assertThat(queue.join(NOT_AT_ALL)).isTrue();
            queue.put("a");
            queue.put("b");
            assertThat(queue.get()).isEqualTo("a");
            Task<String> task = queue.take();
            assertThat(queue.join(NOT_AT_ALL)).isFalse();
            queue.taskDone();
            assertThat(queue.join(NOT_AT_ALL)).isFalse();
            task.giveBack();
            assertThat(queue.receive()).isEqualTo(new Delivery<>("b", 1));
            queue.taskDone();
            assertThat(queue.join(NOT_AT_ALL)).isTrue();
            assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
        }
    }
}
