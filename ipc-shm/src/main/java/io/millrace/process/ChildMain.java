package io.millrace.process;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The main class of a child JVM: fetches its task and runs it. For {@link JvmProcess} to start, for nobody else. */
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
        LaunchRecord record;
        try {
            record = LaunchRecord.open(Path.of(file));
        } catch (NoSuchFileException e) {
            Runtime.getRuntime().halt(ORPHANED); // whoever has started this process is dead, and its files are gone
            return;
        }
        run(record);
    }

    private static void run(LaunchRecord record) throws Throwable {
        Details details = record.details();
        details.properties().forEach(System::setProperty);
        LineOutput.install();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            LineOutput.flushAll();
            record.ended(SignalThreads.current());
        }, "millrace-end"));
        ParentProcess parent = new ParentProcess(details.parentName(), record.parent());
        CurrentProcess.becomeChild(details, parent);
        record.running();
        byte[] task = record.task();
        if (task.length == 0) {
            return;
        }
        watch(parent, details.daemon());
        Thread.currentThread().setUncaughtExceptionHandler((thread, exception) ->
            Reports.uncaught(record, details.name(), exception));
        // What is thrown goes to the handler, and then the JVM waits for the other threads, as at a normal end.
        read(task).run();
    }

    private static JvmTask read(byte[] task) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(task))) {
            return (JvmTask) in.readObject();
        }
    }

    private static void watch(ParentProcess parent, boolean daemon) {
        Thread watcher = new Thread(() -> {
            parent.watch();
            if (daemon) {
                end();
            }
        }, "millrace-parent");
        watcher.setDaemon(true);
        watcher.start();
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
