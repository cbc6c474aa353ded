package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {
    private static final long WORK_NANOS = 100_000_000;

    @Test
    void whatAThreadWorksIsCounted() throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ProcessorTime before = ProcessorTime.now();
        long end = threads.getCurrentThreadCpuTime() + WORK_NANOS;
        while (threads.getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
        }
        // The coarse count, where there is no other, goes in steps of 10 ms, for user and system time each.
        assertThat(ProcessorTime.now().nanosSince(before)).isGreaterThan(WORK_NANOS * 3 / 4);
    }

    @Test
    void threadsThatAreThereAllTheTimeAreAddedUpWithThoseThatBegan() {
        ProcessorTime before = new ProcessorTime(0, Map.of("1", 100L, "2", 50L));
        assertThat(new ProcessorTime(10_000_000, Map.of("1", 130L, "2", 50L, "3", 7L)).nanosSince(before))
            .isEqualTo(37);
    }

    @Test
    void whereAThreadHasEndedOrTheKernelDoesNotTellTheCoarseCountIsTaken() {
        ProcessorTime before = new ProcessorTime(0, Map.of("1", 100L, "2", 50L));
        assertThat(new ProcessorTime(10_000_000, Map.of("1", 130L)).nanosSince(before)).isEqualTo(10_000_000);
        ProcessorTime untold = new ProcessorTime(5, Map.of());
        assertThat(new ProcessorTime(9, Map.of("1", 130L)).nanosSince(untold)).isEqualTo(4);
    }
}
