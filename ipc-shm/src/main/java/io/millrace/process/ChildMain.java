package io.millrace.process;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;

/**
 * The main class of a child JVM: fetches its task and runs it. For {@link JvmProcess} to start, for nobody else.
 *
 * <p>Up to the task there is no lambda, no concatenation of strings, no regular expression and no serialization on its
 * way: each of these takes milliseconds the first time that a JVM meets it.
 */
public final class ChildMain {
    static final String LAUNCH_PROPERTY = "millrace.launch";

    /** A daemon whose parent has died is given so long to end by itself. */
    private static final long GRACE_MILLIS = 5_000;
    private static final int ORPHANED = 1;

    private ChildMain() { }

    /** Takes no arguments: the launch record is named by a system property. */
    public static void main(String[] arguments) throws Throwable {
        String file = System.getProperty(LAUNCH_PROPERTY);
        if (file == null) {
            System.err.println("This is the main class of child JVMs; JvmProcess starts them.");
            System.exit(2);
        }
        LaunchFile record;
        try {
            record = LaunchFile.open(file);
        } catch (FileNotFoundException e) {
            Runtime.getRuntime().halt(ORPHANED); // whoever has started this process is dead, and its files are gone
            return;
        }
        run(record);
    }

    private static void run(LaunchFile record) throws Throwable {
        Details details = record.details();
        for (Map.Entry<String, String> property : details.properties().entrySet()) {
            System.setProperty(property.getKey(), property.getValue());
        }
        LineOutput.install();
        Runtime.getRuntime().addShutdownHook(new EndHook(record));
        ParentProcess parent = new ParentProcess(details.parentName(), record.parent());
        CurrentProcess.becomeChild(details, parent);
        record.running();
        byte[] task = record.task();
        if (task.length == 0) {
            return;
        }
        new Watcher(parent, record, details.daemon()).start();
        Thread.currentThread().setUncaughtExceptionHandler(new Reporter(record, details.name()));
        // What is thrown goes to the handler, and then the JVM waits for the other threads, as at a normal end.
        TaskDecoder.run(task);
    }

    /** The last thing that the child says. */
    private static final class EndHook extends Thread {
        private final LaunchFile record;

        EndHook(LaunchFile record) {
            super("millrace-end");
            this.record = record;
        }

        @Override
        public void run() {
            LineOutput.flushAll();
            try {
                record.ended(SignalThreads.current());
            } catch (IOException e) {
                return; // there is nobody to be told
            }
        }
    }

    /** Tells the parent what the task has thrown. */
    private record Reporter(LaunchFile record, String name) implements Thread.UncaughtExceptionHandler {
        @Override
        public void uncaughtException(Thread thread, Throwable exception) {
            Reports.uncaught(record, name, exception);
        }
    }

    /** Waits for the end of the parent, and then takes away what that one would have. */
    private static final class Watcher extends Thread {
        private final ParentProcess parent;
        private final LaunchFile record;
        private final boolean inDaemon;

        Watcher(ParentProcess parent, LaunchFile record, boolean inDaemon) {
            super("millrace-parent");
            setDaemon(true);
            this.parent = parent;
            this.record = record;
            this.inDaemon = inDaemon;
        }

        @Override
        public void run() {
            parent.watch();
            record.delete();
            if (inDaemon) {
                end();
            }
        }
    }

    /** Ends this process in the orderly way if that can be done in time. */
    private static void end() {
        Thread exit = new Thread(() -> System.exit(ORPHANED), "millrace-exit");
        exit.setDaemon(true);
        exit.start();
        try {
            exit.join(GRACE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ORPHANED);
    }
}
