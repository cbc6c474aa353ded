package io.millrace.samples;

import io.millrace.process.JvmProcess;

/** Two daemons: one is terminated, the other ends by itself, and their exit codes tell. */
public final class DaemonAndExitCodes {
    private static final double NANOS_PER_SECOND = 1e9;

    private DaemonAndExitCodes() { }

    private static JvmProcess daemon(String name, double seconds) {
        return JvmProcess.builder(Python::sleep, seconds).name(name).daemon(true).start();
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("cpu_count: " + JvmProcess.cpuCount());
        long begin = System.nanoTime();
        JvmProcess p1 = daemon("daemon1", 5);
        JvmProcess p2 = daemon("daemon2", 10);
        System.out.println("p1 is alive: " + Python.text(p1.isAlive()));
        p1.terminate();
        p1.join();
        System.out.println("p1 is alive: " + Python.text(p1.isAlive()));
        System.out.println("p2 is alive: " + Python.text(p2.isAlive()));
        p2.join();
        System.out.printf("total time: %.2f seconds%n", (System.nanoTime() - begin) / NANOS_PER_SECOND);
        System.out.println("p1.exitcode = " + p1.exitCode().getAsInt());
        System.out.println("p2.exitcode = " + p2.exitCode().getAsInt());
    }
}
