package io.millrace.process;

import io.millrace.domain.ExitActions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The children of this JVM that have not ended, and what becomes of them at its end: those that are no daemons are
 * awaited, unless a signal asked this JVM to end; daemons are terminated.
 */
final class Children {
    /** A daemon that does not obey is killed after that time. */
    private static final long GRACE_MILLIS = 3_000;

    private static final Set<JvmProcess> LIVE = new LinkedHashSet<>();
    private static Thread keeper;
    private static boolean registered;

    private Children() { }

    static void add(JvmProcess child) {
        synchronized (LIVE) {
            if (!registered) {
                ExitActions.addFirst(Children::atExit);
                registered = true;
            }
            LIVE.add(child);
            if (!child.isDaemon() && keeper == null) {
                keeper = new Thread(Children::keep, "millrace-children");
                keeper.setDaemon(false); // whatever thread starts it: this JVM does not end before its children
                keeper.start();
            }
        }
    }

    static void remove(JvmProcess child) {
        synchronized (LIVE) {
            LIVE.remove(child);
            LIVE.notifyAll();
        }
    }

    static List<JvmProcess> live() {
        synchronized (LIVE) {
            return new ArrayList<>(LIVE);
        }
    }

    /** Keeps the JVM from ending as long as there are children to be awaited. */
    private static void keep() {
        synchronized (LIVE) {
            while (LIVE.stream().anyMatch(child -> !child.isDaemon())) {
                try {
                    LIVE.wait();
                } catch (InterruptedException e) {
                    break; // nobody has a reason to; then nobody is awaited
                }
            }
            keeper = null;
        }
    }

    private static void atExit() {
        try {
            if (SignalThreads.current() == 0) {
                await(live().stream().filter(child -> !child.isDaemon()).toList());
            }
            endDaemons(live().stream().filter(JvmProcess::isDaemon).toList());
            live().forEach(JvmProcess::leave); // those that are not awaited
        } catch (InterruptedException e) {
            return; // nobody has a reason to; the daemons learn of this JVM's end by themselves
        }
    }

    private static void await(List<JvmProcess> children) throws InterruptedException {
        for (JvmProcess child : children) {
            child.waitForProcess();
            child.finish();
        }
    }

    private static void endDaemons(List<JvmProcess> daemons) throws InterruptedException {
        daemons.forEach(JvmProcess::terminate);
        for (JvmProcess daemon : daemons) {
            if (!daemon.waitForProcess(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                daemon.kill();
            }
        }
        await(daemons);
    }
}
