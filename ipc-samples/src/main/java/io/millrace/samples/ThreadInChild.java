package io.millrace.samples;

import io.millrace.process.JvmProcess;

/** Five children, one after the other, each of which starts five threads. */
public final class ThreadInChild {
    private static final int CHILD_COUNT = 5;
    private static final int THREAD_COUNT = 5;

    private ThreadInChild() { }

    private static void runThreads() throws InterruptedException {
        Thread.currentThread().setName("MainThread"); // as Python calls it
        String name = Thread.currentThread().getName();
        System.out.println("thread " + name + " is running...");
        Python.sleep(2);
        for (int i = 1; i <= THREAD_COUNT; i++) {
            System.out.println("thread " + name + " >>> " + i);
            Thread thread = new Thread(() -> System.out.println("started by a thread"));
            thread.start();
        }
        System.out.println("thread " + name + " ended.");
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("Parent process " + JvmProcess.currentProcess().pid());
        for (int i = 0; i < CHILD_COUNT; i++) {
            System.out.println("Child process will start.");
            JvmProcess child = JvmProcess.start(ThreadInChild::runThreads);
            child.join();
            System.out.println("Child process end.");
        }
    }
}
