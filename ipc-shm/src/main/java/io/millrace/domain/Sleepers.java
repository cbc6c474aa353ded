package io.millrace.domain;

import java.util.concurrent.Executor;

/**
 * Platform threads that sleep in the kernel for virtual ones, which would take their carriers with them. Made when a
 * virtual thread first has to wait, never otherwise, and gone a moment after the last of them goes on.
 */
public final class Sleepers implements Executor {
    /** The only one. */
    public static final Sleepers INSTANCE = new Sleepers();

    private Sleepers() { }

    @Override
    public void execute(Runnable task) {
        Thread thread = new Thread(task, "millrace-sleeper");
        thread.setDaemon(true);
        thread.start();
    }
}
