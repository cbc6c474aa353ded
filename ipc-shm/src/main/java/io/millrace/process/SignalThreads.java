package io.millrace.process;

import java.util.Map;

/**
 * Why the JVM shuts down. It runs the handler of a signal that asks it to end in a thread that is named after the
 * signal, and that lives until the hooks have run.
 */
final class SignalThreads {
    private static final Map<String, Integer> NUMBERS =
        Map.of("SIGHUP handler", 1, "SIGINT handler", 2, "SIGTERM handler", 15);

    private SignalThreads() { }

    /** The number of the signal that made the JVM shut down, for a hook to ask; 0 if none did. */
    static int current() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        Thread[] threads = new Thread[2 * all.activeCount() + 1];
        int count = all.enumerate(threads);
        for (int i = 0; i < count; i++) {
            Integer number = NUMBERS.get(threads[i].getName());
            if (number != null) {
                return number;
            }
        }
        return 0;
    }
}
