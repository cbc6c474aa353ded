package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.domain.SharedDirectory;
import io.millrace.queue.SharedQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A domain and a queue for what children have to say; afterwards no child and no file is left. */
@Timeout(120)
abstract class ProcessContract {
    @TempDir(factory = SharedDirectory.class)
    private Path parent;

    private final List<JvmProcess> started = new ArrayList<>();
    SharedQueue<Object> said;

    @BeforeEach
    void makeQueue() {
        said = SharedQueue.builder().domain(domain()).create();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        for (JvmProcess child : started) {
            if (!child.toString().contains("closed")) {
                child.kill();
                child.join();
            }
        }
        said.close();
        assertThat(JvmProcess.activeChildren()).isEmpty();
        assertThat(files()).containsExactly("lock", "table");
    }

    Path domain() {
        return parent.resolve("domain");
    }

    List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(domain())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    JvmProcessBuilder builder(JvmTask task) {
        return JvmProcess.builder(task).domain(domain());
    }

    JvmProcess start(JvmProcessBuilder builder) {
        JvmProcess child = builder.start();
        started.add(child);
        return child;
    }

    <A> JvmProcess start(JvmTask.Of1<A> task, A first) {
        return start(JvmProcess.builder(task, first).domain(domain()));
    }

    <A, B> JvmProcess start(JvmTask.Of2<A, B> task, A first, B second) {
        return start(JvmProcess.builder(task, first, second).domain(domain()));
    }

    JvmProcess start(JvmTask task) {
        return start(builder(task));
    }
}
