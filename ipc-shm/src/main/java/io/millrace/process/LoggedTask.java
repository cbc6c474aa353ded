package io.millrace.process;

import io.millrace.queue.SharedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** A task that runs in a JVM whose log records go into a queue instead of to standard error. */
final class LoggedTask implements JvmTask {
    private static final long serialVersionUID = 1;

    private final JvmTask task;
    private final SharedQueue<LogRecord> records;
    private final Level level;

    LoggedTask(JvmTask task, SharedQueue<LogRecord> records, Level level) {
        this.task = task;
        this.records = records;
        this.level = level;
    }

    @Override
    public void run() throws Exception {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(level);
        root.addHandler(new QueueHandler(records));
        task.run();
    }

    private static final class QueueHandler extends Handler {
        private final SharedQueue<LogRecord> records;

        QueueHandler(SharedQueue<LogRecord> records) {
            this.records = records;
        }

        @Override
        public void publish(LogRecord entry) {
            if (!isLoggable(entry)) {
                return;
            }
            entry.getSourceClassName(); // is looked for in the stack, which stays here
            try {
                if (!records.offer(entry)) {
                    records.put(entry);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the record is lost, as there was no room for it
            } catch (IllegalStateException e) {
                return; // the queue was closed: nobody wants the records any more
            }
        }

        @Override
        public void flush() {
            // What was put is there.
        }

        @Override
        public void close() {
            // The queue goes with this JVM.
        }
    }
}
