package io.millrace.process;

import io.millrace.queue.SharedQueue;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Brings what children log to this JVM: each record goes to the logger of its name here, as if it had been logged here,
 * and what is done with it is this JVM's configuration. Of {@code java.util.logging}, and of {@code System.Logger}
 * where that leads to it, as it does unless a program brings another.
 *
 * <p>A child logs what is at least as important as this JVM's root logger takes when the child is started.
 *
 * <p><b>Who may call it:</b> any thread.
 *
 * <p><b>Death of a child:</b> what it has logged before arrives.
 *
 * <p><b>Close:</b> what was logged before is passed on first; what children log afterwards is lost.
 */
public final class ChildLogs implements AutoCloseable {
    private final SharedQueue<LogRecord> records;
    private final Thread relay;

    private ChildLogs(SharedQueue<LogRecord> records) {
        this.records = records;
        this.relay = new Thread(this::passOn, "millrace-logs");
        relay.setDaemon(true);
        relay.start();
    }

    /** In the default domain. */
    public static ChildLogs open() {
        return new ChildLogs(SharedQueue.<LogRecord>builder().create());
    }

    /** In the domain of that directory. */
    public static ChildLogs open(Path domain) {
        return new ChildLogs(SharedQueue.<LogRecord>builder().domain(domain).create());
    }

    /** The task, in a JVM whose records come here. */
    JvmTask with(JvmTask task) {
        Level level = Logger.getLogger("").getLevel();
        return new LoggedTask(task, records, level == null ? Level.INFO : level);
    }

    private void passOn() {
        try {
            for (LogRecord record = records.get(); record != null; record = records.get()) {
                Logger logger = Logger.getLogger(record.getLoggerName() == null ? "" : record.getLoggerName());
                if (logger.isLoggable(record.getLevel())) {
                    logger.log(record);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // somebody wants this thread to end
        }
    }

    /** Idempotent. */
    @Override
    public void close() {
        boolean interrupted = false;
        try {
            if (relay.isAlive()) {
                records.put(null); // behind all that was logged
                relay.join();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            records.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return relay.isAlive() ? "ChildLogs[" + records + "]" : "ChildLogs[closed]";
    }
}
