package io.millrace.wait;

import java.util.concurrent.Executor;

/** The executor that {@link Waiter#blocking(Signal, Executor)} asks for. */
final class DaemonThreads {
    static final Executor ALL = task -> start(task);

    private DaemonThreads() { }

    static Thread start(Runnable task) {
        Thread thread = new Thread(task, "millrace-sleeper");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
