package io.millrace.samples;

import io.millrace.process.JvmProcess;
import io.millrace.process.JvmTask;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** A child with a name, arguments and named arguments; and one whose task is an object with a state of its own. */
public final class CustomProcess {
    private CustomProcess() { }

    private static void work(double interval, Map<String, String> named) throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            Python.sleep(interval);
            System.out.println("I'm " + named.get("name"));
            System.out.println("I'm working...");
        }
    }

    /** A task with state; what it changes there is changed in the child alone. */
    private static final class ClockProcess implements JvmTask {
        private static final long serialVersionUID = 1;

        private final double interval;
        private int remaining = 5;

        ClockProcess(double interval) {
            this.interval = interval;
        }

        @Override
        public void run() throws InterruptedException {
            while (remaining > 0) {
                System.out.println("the time is " + LocalTime.now().truncatedTo(ChronoUnit.MILLIS));
                Python.sleep(interval);
                remaining--;
            }
        }
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        JvmProcess worker =
            JvmProcess.builder(CustomProcess::work, 2.0, Map.of("name", "David")).name("Worker").start();
        System.out.println("name: " + worker.name());
        System.out.println("pid: " + worker.pid());
        System.out.println("is alive: " + Python.text(worker.isAlive()));
        worker.join(Python.seconds(3));
        System.out.println("The parent has waited for " + worker.name() + " long enough.");
        worker.join();
        JvmProcess.start(new ClockProcess(2)).join();
    }
}
