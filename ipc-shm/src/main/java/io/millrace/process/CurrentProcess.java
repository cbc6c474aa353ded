package io.millrace.process;

import java.util.Optional;

/** This process, see {@link JvmProcess#currentProcess}. Any thread. */
public final class CurrentProcess {
    private static final String MAIN = "MainProcess";
    private static volatile CurrentProcess current = new CurrentProcess(MAIN, false, null);

    private final String name;
    private final boolean daemon;
    private final ParentProcess parent;

    private CurrentProcess(String name, boolean daemon, ParentProcess parent) {
        this.name = name;
        this.daemon = daemon;
        this.parent = parent;
    }

    static CurrentProcess get() {
        return current;
    }

    static void becomeChild(Details details, ParentProcess parent) {
        current = new CurrentProcess(details.name(), details.daemon(), parent);
    }

    /** What its parent has called it, or {@code MainProcess}. */
    public String name() {
        return name;
    }

    /** Its process id. */
    public long pid() {
        return ProcessHandle.current().pid();
    }

    /** Whether it ends with its parent. */
    public boolean isDaemon() {
        return daemon;
    }

    Optional<ParentProcess> parent() {
        return Optional.ofNullable(parent);
    }

    @Override
    public String toString() {
        return "CurrentProcess[" + name + ", pid " + pid() + (daemon ? ", daemon]" : "]");
    }
}
