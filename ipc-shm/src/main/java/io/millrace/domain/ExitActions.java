package io.millrace.domain;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What is to be done when this JVM ends, before the objects that it has open are left. A shutdown hook of one's own
 * would run beside that.
 */
public final class ExitActions {
    private static final List<Runnable> FIRST = new CopyOnWriteArrayList<>();

    private ExitActions() { }

    /** Adds an action; those that are added earlier run earlier. It should not throw. */
    public static void addFirst(Runnable action) {
        FIRST.add(action);
        OpenObjects.register();
    }

    static void run() {
        FIRST.forEach(Runnable::run);
    }
}
