package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.millrace.domain.SharedDirectory;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who writes and reads messages in place allocates nothing. */
@Timeout(60)
class PipeAllocationTest {
    private static final int WARM_UP = 100_000;
    private static final int COUNT = 500_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir(factory = SharedDirectory.class)
    private Path parent;
    private long received;

    /** Sends the number, written in place. */
    private interface Way {
        void send(int number) throws Exception;
    }

    @Test
    void claimingSendingAndReadingAllocateNothing() throws Exception {
        try (Pipe pipe = Pipe.builder(false).domain(parent.resolve("domain")).create()) {
            allocateNothing(pipe, number -> {
                MessageClaim claim = pipe.second().claim(24);
                claim.payload().putLongPlain(0, number);
                claim.send();
            });
        }
    }

    @Test
    void writingAndReadingAllocateNothing() throws Exception {
        try (Pipe pipe = Pipe.builder(false).domain(parent.resolve("domain")).create();
            MessageWriter writer = pipe.second().writer()) {
            allocateNothing(pipe, number -> {
                writer.claim(24).putLongPlain(0, number);
                writer.send();
            });
        }
    }

    private void allocateNothing(Pipe pipe, Way way) throws Exception {
        MessageHandler handler = message -> received += message.length();
        long before = 0;
        for (int i = 0; i < WARM_UP + COUNT; i++) {
            if (i == WARM_UP) {
                before = THREADS.getCurrentThreadAllocatedBytes();
            }
            way.send(i);
            pipe.first().read(handler, 10);
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(received).isEqualTo(24L * (WARM_UP + COUNT));
        assertThat(allocated).as("bytes of " + COUNT + " messages").isLessThan(COUNT / 10);
    }
}
