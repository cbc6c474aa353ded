package io.millrace.process;

import io.millrace.domain.Domain;
import io.millrace.memory.Region;
import io.millrace.wait.Signal;
import io.millrace.wait.Timeouts;
import io.millrace.wait.Waitable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A child JVM: a task that runs in a process of its own, with this program's class path, module path, system
 * properties and options. As Python's {@code multiprocessing.Process} with the start method {@code spawn}.
 *
 * <p>The task and its arguments are serialized by the thread that starts the child, before anything else happens:
 * what cannot be serialized throws there and starts nothing. Shared objects are passed as handles; one that is on its
 * way keeps its object, so the parent may close its own handle at once.
 *
 * <p><b>Who may call it:</b> any thread of the process that started the child.
 *
 * <p><b>Exit code:</b> what the child passed to {@code System.exit}, 0 if its task returned, 1 if it threw; −n if a
 * signal n ended it. {@code Runtime.halt(n)} with n above 128 is taken for a signal.
 *
 * <p><b>The end of this JVM:</b> when its {@code main} has returned it goes on until its children have ended that are
 * no daemons; so it does in {@code System.exit}. Daemons are terminated then. If a signal asks this JVM to end, nobody
 * is awaited. Daemons end as well when this JVM is killed; a daemon has no children.
 *
 * <p><b>Death of the child:</b> those who wait for what it had in hand are woken at once.
 *
 * <p><b>Cost:</b> of a start, that of a JVM's.
 */
public final class JvmProcess implements AutoCloseable, Waitable {
    private final String name;
    private final boolean daemon;
    private final Process process;
    // Dropped when it has ended: what was mapped for it is let go of, however long this handle is kept.
    private LaunchRecord record;
    private final Domain domain;
    private List<AutoCloseable> inFlight;
    private final CompletableFuture<JvmProcess> exit = new CompletableFuture<>();
    private int exitCode;
    private byte[] report = {};
    private Signal ended;
    private volatile boolean killed;
    private volatile boolean closed;

    JvmProcess(Details details, Process process, LaunchRecord record, Domain domain, List<AutoCloseable> inFlight) {
        this.name = details.name();
        this.daemon = details.daemon();
        this.process = process;
        this.record = record;
        this.domain = domain;
        this.inFlight = inFlight;
    }

    /** Starts a child that runs the task. */
    public static JvmProcess start(JvmTask task) {
        return builder(task).start();
    }

    /** Starts a child that runs the task with that argument. */
    public static <A> JvmProcess start(JvmTask.Of1<A> task, A first) {
        return builder(task, first).start();
    }

    /** Starts a child that runs the task with these arguments. */
    public static <A, B> JvmProcess start(JvmTask.Of2<A, B> task, A first, B second) {
        return builder(task, first, second).start();
    }

    /** Starts a child that runs the task with these arguments. */
    public static <A, B, C> JvmProcess start(JvmTask.Of3<A, B, C> task, A first, B second, C third) {
        return builder(task, first, second, third).start();
    }

    /** Starts a child that runs the task with these arguments. */
    public static <A, B, C, D> JvmProcess start(JvmTask.Of4<A, B, C, D> task, A first, B second, C third, D fourth) {
        return builder(task, first, second, third, fourth).start();
    }

    /** A child that does nothing, to be given options. */
    public static JvmProcessBuilder builder() {
        return new JvmProcessBuilder(null);
    }

    /** A child that runs the task, to be given options. */
    public static JvmProcessBuilder builder(JvmTask task) {
        return new JvmProcessBuilder(task);
    }

    /** A child that runs the task with that argument, to be given options. */
    public static <A> JvmProcessBuilder builder(JvmTask.Of1<A> task, A first) {
        return new JvmProcessBuilder(new BoundTask(task, first));
    }

    /** A child that runs the task with these arguments, to be given options. */
    public static <A, B> JvmProcessBuilder builder(JvmTask.Of2<A, B> task, A first, B second) {
        return new JvmProcessBuilder(new BoundTask(task, first, second));
    }

    /** A child that runs the task with these arguments, to be given options. */
    public static <A, B, C> JvmProcessBuilder builder(JvmTask.Of3<A, B, C> task, A first, B second, C third) {
        return new JvmProcessBuilder(new BoundTask(task, first, second, third));
    }

    /** A child that runs the task with these arguments, to be given options. */
    public static <A, B, C, D> JvmProcessBuilder builder(JvmTask.Of4<A, B, C, D> task, A first, B second, C third,
        D fourth) {
        return new JvmProcessBuilder(new BoundTask(task, first, second, third, fourth));
    }

    /** The process that runs this: its name, and whether it is a daemon. */
    public static CurrentProcess currentProcess() {
        return CurrentProcess.get();
    }

    /** The process that started this one, if a {@code JvmProcess} did. */
    public static Optional<ParentProcess> parentProcess() {
        return CurrentProcess.get().parent();
    }

    /** The children of this process that have not ended, in the order in which they were started. */
    public static List<JvmProcess> activeChildren() {
        return Children.live().stream().filter(child -> child.process.isAlive()).toList();
    }

    /** How many processors there are for this JVM. */
    public static int cpuCount() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** What it is called, also after it was closed. */
    public String name() {
        return name;
    }

    /** Whether it ends with this JVM. */
    public boolean isDaemon() {
        return daemon;
    }

    /** Its process id. */
    public long pid() {
        checkOpen();
        return process.pid();
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        checkOpen();
        return process.isAlive();
    }

    /** Waits for its end. */
    public void join() throws InterruptedException {
        checkOpen();
        process.waitFor();
        finish();
    }

    /**
     * Waits so long for its end.
     *
     * @return whether it has ended
     */
    public boolean join(Duration timeout) throws InterruptedException {
        checkOpen();
        if (!process.waitFor(Timeouts.nanos(timeout), TimeUnit.NANOSECONDS)) {
            return false;
        }
        finish();
        return true;
    }

    /** The exit code; empty while it runs. */
    public OptionalInt exitCode() {
        checkOpen();
        if (process.isAlive()) {
            return OptionalInt.empty();
        }
        finish();
        synchronized (this) {
            return OptionalInt.of(exitCode);
        }
    }

    /** What its task threw, if it did and has ended; a {@link ChildException} where that cannot be serialized. */
    public Optional<Throwable> uncaughtException() {
        checkOpen();
        if (process.isAlive()) {
            return Optional.empty();
        }
        finish();
        synchronized (this) {
            return Optional.ofNullable(Reports.read(report));
        }
    }

    /** Whether it has ended, and all that it told is here. */
    @Override
    public boolean isReady() {
        checkOpen();
        return exit.isDone();
    }

    /** Raised when it has ended; in this process only. */
    @Override
    public Signal readySignal() {
        checkOpen();
        synchronized (exit) {
            if (ended == null) {
                ended = new Signal(Region.allocate(Integer.BYTES));
                exit.thenRun(ended::raise);
            }
            return ended;
        }
    }

    /**
     * Asks it to end, by SIGTERM: its shutdown hooks run, its {@code finally} blocks do not. Nothing if it has ended.
     */
    public void terminate() {
        checkOpen();
        process.destroy();
    }

    /** Ends it at once, by SIGKILL. Nothing if it has ended. */
    public void kill() {
        checkOpen();
        killed = true;
        process.destroyForcibly();
    }

    /**
     * Sends it SIGINT, as Ctrl-C does: a JVM ends by it, unless it was started with that signal ignored, as in the
     * background of a shell without job control. Nothing if it has ended.
     *
     * @throws UnsupportedOperationException where there is no native code for it
     */
    public void interrupt() {
        checkOpen();
        if (!ProcessCalls.isAvailable()) {
            throw new UnsupportedOperationException("interrupt() needs Linux and native code; use terminate()");
        }
        int descriptor = ProcessCalls.open(process.pid());
        if (descriptor >= 0) {
            try {
                if (process.isAlive()) { // so the descriptor was that of the child
                    ProcessCalls.send(descriptor, ProcessCalls.SIGINT);
                }
            } finally {
                ProcessCalls.close(descriptor);
            }
        }
    }

    /** Completed with this when it has ended. */
    public CompletionStage<JvmProcess> onExit() {
        return exit.minimalCompletionStage();
    }

    /**
     * Gives up what belongs to this handle. Afterwards every call throws {@link IllegalStateException}, but those for
     * the name and for whether it is a daemon.
     *
     * @throws IllegalStateException if it has not ended
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (process.isAlive()) {
            throw new IllegalStateException(this + " cannot be closed while it runs; call join() or terminate() first");
        }
        finish();
        closed = true;
    }

    @Override
    public String toString() {
        String state = closed ? "closed" : process.isAlive() ? "pid " + process.pid() + ", running"
            : "pid " + process.pid() + ", exit code " + exitCode().getAsInt();
        return "JvmProcess[" + name + ", " + state + (daemon ? ", daemon]" : "]");
    }

    void started() {
        Children.add(this);
        process.onExit().thenRunAsync(this::finish, ExitWatch.EXECUTOR);
    }

    void waitForProcess() throws InterruptedException {
        process.waitFor();
    }

    boolean waitForProcess(long time, TimeUnit unit) throws InterruptedException {
        return process.waitFor(time, unit);
    }

    /**
     * When this JVM ends and does not await it: takes the record away, unless the child has still to open it. What the
     * child has open it keeps.
     */
    synchronized void leave() {
        try {
            if (record != null && (!process.isAlive() || record.state() != ChildState.LAUNCHED)) {
                record.delete();
            }
        } catch (IOException e) {
            return; // whoever joins the domain next tries again
        }
    }

    /**
     * After its end: reads what it has left behind, and lets others go on. By whoever sees it first; others wait until
     * it is done.
     */
    void finish() {
        try {
            takeOver();
        } finally {
            Children.remove(this);
            exit.complete(this);
        }
    }

    private synchronized void takeOver() {
        if (record == null) {
            return;
        }
        exitCode = ExitCode.of(process.exitValue(), record.state(), record.signal(), killed);
        report = record.reported();
        try {
            domain.announceDeath();
            record.close();
            record.delete();
            for (AutoCloseable handle : inFlight) {
                handle.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("what " + name + " has left behind could not be taken away", e);
        } finally {
            record = null;
            inFlight = List.of();
            domain.close();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the process " + name + " is closed");
        }
    }
}
