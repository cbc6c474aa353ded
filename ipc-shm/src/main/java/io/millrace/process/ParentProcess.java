package io.millrace.process;

import io.millrace.wait.Timeouts;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The process that has started this one, see {@link JvmProcess#parentProcess}. Any thread. */
public final class ParentProcess {
    /** The native code is not loaded before, for what is over by then does better without; unless somebody asks. */
    private static final long UNTIL_WATCHED_MILLIS = 300;

    private final String name;
    private final ParentIdentity identity;
    private final CountDownLatch awaited = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    ParentProcess(String name, ParentIdentity identity) {
        this.name = name;
        this.identity = identity;
    }

    /** What it was called when it started this one. */
    public String name() {
        return name;
    }

    /** Its process id. */
    public long pid() {
        return identity.pid();
    }

    /** False as soon as it has ended, by whatever means. */
    public boolean isAlive() {
        return ended.getCount() > 0 && identity.isRunning();
    }

    /** Waits so long for its end; whether it has ended. */
    public boolean join(Duration timeout) throws InterruptedException {
        awaited.countDown();
        return ended.await(Timeouts.nanos(timeout), TimeUnit.NANOSECONDS);
    }

    /** Waits for its end, which a thread of its own is there for. */
    void watch() {
        try {
            awaited.await(UNTIL_WATCHED_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Nobody has a reason to; then it is watched from now on.
        }
        int descriptor = ProcessCalls.isAvailable() ? ProcessCalls.open(identity.pid()) : -1;
        if (descriptor < 0) {
            // Looks again and again, but that is the JDK's business.
            ProcessHandle.of(identity.pid()).filter(parent -> identity.isRunning())
                .ifPresent(parent -> parent.onExit().join());
        } else {
            // Only now it is certain that the descriptor is the parent's: its number was not free before.
            boolean ended = !identity.isRunning();
            while (!ended) {
                ended = ProcessCalls.await(descriptor); // a signal to this process cuts the wait short
            }
            ProcessCalls.close(descriptor);
        }
        ended.countDown();
    }

    @Override
    public String toString() {
        return "ParentProcess[" + name + ", pid " + pid() + (isAlive() ? "]" : ", ended]");
    }
}
