package io.millrace.bench;

import io.millrace.process.JvmProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** What is measured in one JVM, which starts others itself if it needs them. */
enum LoneSubject {
    /** A thread waits for an item that does not come. */
    QUEUE_IDLE(Scenario.IDLE, "queue") {
        @Override
        Measurement measure(Path directory, Plan plan) throws IOException, InterruptedException {
            return new IdleGetter(directory, plan).measure();
        }
    },
    /** A consumer is killed while it gets an item. */
    QUEUE_TAKEN(Scenario.RECOVERY, "queue-taken") {
        @Override
        Measurement measure(Path directory, Plan plan) throws IOException, InterruptedException {
            return new Survivor(directory, plan, Victim.Hands.GETTING).measure();
        }
    },
    /** A producer is killed while it puts an item, and another item is behind that. */
    QUEUE_CLAIMED(Scenario.RECOVERY, "queue-claimed") {
        @Override
        Measurement measure(Path directory, Plan plan) throws IOException, InterruptedException {
            return new Survivor(directory, plan, Victim.Hands.PUTTING).measure();
        }
    },
    /** A child without a task. */
    JVM_EMPTY(Scenario.SPAWN, "jvm-empty") {
        @Override
        Measurement measure(Path directory, Plan plan) throws InterruptedException {
            return new Spawner(directory, plan, JvmProcess.builder()).measure();
        }
    },
    /** A child with a task and its argument, which are serialized. */
    JVM_TASK(Scenario.SPAWN, "jvm-task") {
        @Override
        Measurement measure(Path directory, Plan plan) throws InterruptedException {
            return new Spawner(directory, plan, JvmProcess.builder(SpawnTask::nothing, 1)).measure();
        }
    };

    private final Scenario scenario;
    private final String title;

    LoneSubject(Scenario scenario, String title) {
        this.scenario = scenario;
        this.title = title;
    }

    /** Measures once, in the JVM that calls it. */
    abstract Measurement measure(Path directory, Plan plan) throws IOException, InterruptedException;

    Row row() {
        return new Row(scenario, title, Rows.SHORT_PAYLOAD_BYTES, WaitMode.BLOCK);
    }

    static boolean measures(Row row) {
        return Arrays.stream(values()).anyMatch(subject -> subject.row().equals(row));
    }

    static LoneSubject of(Row row) {
        return Arrays.stream(values()).filter(subject -> subject.row().equals(row)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no subject '" + row.key() + "'"));
    }
}
