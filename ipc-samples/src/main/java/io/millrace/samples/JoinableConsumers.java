package io.millrace.samples;

import io.millrace.process.JvmProcess;
import io.millrace.process.JvmTask;
import io.millrace.queue.JoinableQueue;
import io.millrace.queue.SharedQueue;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * As many consumers as there are processors share ten tasks, and send back what came out. {@code null} for each of them
 * at the end is its poison pill.
 */
public final class JoinableConsumers {
    private static final int TASK_COUNT = 10;

    private JoinableConsumers() { }

    /** A task, that takes a while. */
    private record Task(int a, int b) implements Serializable {
        String perform() throws InterruptedException {
            Python.sleep(0.1);
            return this + " = " + a * b;
        }

        @Override
        public String toString() {
            return a + " * " + b;
        }
    }

    /** What a consumer does; the queues travel with it. */
    private record Consumer(JoinableQueue<Task> tasks, SharedQueue<String> results) implements JvmTask {
        @Override
        public void run() throws InterruptedException {
            String name = JvmProcess.currentProcess().name();
            while (true) {
                Task task = tasks.get();
                if (task == null) {
                    System.out.println(name + ": Exiting");
                    tasks.taskDone();
                    return;
                }
                System.out.println(name + ": " + task);
                String result = task.perform();
                tasks.taskDone();
                results.put(result);
            }
        }
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        try (JoinableQueue<Task> tasks = JoinableQueue.create(); SharedQueue<String> results = SharedQueue.create()) {
            List<JvmProcess> consumers = new ArrayList<>();
            for (int i = 1; i <= JvmProcess.cpuCount(); i++) {
                // A daemon, for nobody would give it tasks if this program was killed.
                consumers.add(
                    JvmProcess.builder(new Consumer(tasks, results)).name("Consumer-" + i).daemon(true).start());
            }
            for (int i = 0; i < TASK_COUNT; i++) {
                tasks.put(new Task(i, i));
            }
            for (int i = 0; i < consumers.size(); i++) {
                tasks.put(null);
            }
            tasks.join();
            for (int i = 0; i < TASK_COUNT; i++) {
                System.out.println("Result: " + results.get());
            }
            for (JvmProcess consumer : consumers) {
                consumer.join();
            }
        }
    }
}
