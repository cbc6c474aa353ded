package io.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codec.Codec;
import io.millrace.domain.SharedDirectory;
import io.millrace.memory.Region;
import io.millrace.queue.QueueSubject.Ends;
import io.millrace.testing.Background;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a queue promises within one JVM, whatever its sort. Each subclass holds the sentences about one topic; each runs
 * over every {@link QueueSubject}. After each test nothing is left in the domain but the domain.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(QueueSubject.class)
@Timeout(60)
abstract class QueueContract {
    static final Duration NOT_AT_ALL = Duration.ZERO;
    static final Duration SOON = Duration.ofMillis(30);
    static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);
    private static final int SLEEPERS = 1;

    @Parameter
    QueueSubject subject;
    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAllAndFindNothing() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        if (Files.exists(domain())) {
            assertThat(files()).containsExactly("lock", "table");
        }
    }

    Path domain() {
        return parent.resolve("domain");
    }

    /** The names of all files in the domain. */
    List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(domain())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    long count(String part) throws IOException {
        return files().stream().filter(name -> name.contains("~" + part)).count();
    }

    <E> Ends<E> queue(Codec<E> codec) {
        return queue(codec, builder -> { });
    }

    <E> Ends<E> queue(Codec<E> codec, Consumer<QueueBuilder<E, ?>> options) {
        return closedAfterwards(subject.open(domain(), codec, options));
    }

    <T extends AutoCloseable> T closedAfterwards(T resource) {
        opened.add(resource);
        return resource;
    }

    /** Starts something that ends with the test. */
    <T> Background<T> start(java.util.concurrent.Callable<T> work) {
        return closedAfterwards(Background.start(work));
    }

    /** Waits until somebody sleeps because there is no item. */
    static void awaitSleeperForData(QueueBase<?> queue) throws InterruptedException {
        awaitSleeper(queue.core.chain().dataSignalWord());
    }

    /** Waits until somebody sleeps because there is no room, or because not everything is done. */
    static void awaitSleeperForSpace(QueueBase<?> queue) throws InterruptedException {
        awaitSleeper(queue.core.chain().spaceSignalWord());
    }

    private static void awaitSleeper(Region word) throws InterruptedException {
        Background.awaitUntil(() -> (word.getIntVolatile(0) & SLEEPERS) != 0);
    }
}
