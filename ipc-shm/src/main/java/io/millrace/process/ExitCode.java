package io.millrace.process;

/**
 * The exit code of a child: what it passed to {@code System.exit}, or minus the number of the signal that ended it.
 *
 * <p>The JDK gives 128 + n for a process that a signal n has killed, which is also what a program may pass to {@code
 * exit}; and a JVM that a signal asks to end exits by itself, with 128 + n. So the child says in shared memory why it
 * ends. Only {@code Runtime.halt} with more than 128 is still taken for a signal. A child may be killed after it has
 * said why it ends: then it counts that its parent has done that.
 */
final class ExitCode {
    private static final int SIGNAL_BASE = 128;
    private static final int SIGKILL = 9;

    private ExitCode() { }

    /**
     * The exit code.
     *
     * @param killed whether this process has killed it
     */
    static int of(int exitValue, ChildState state, int signal, boolean killed) {
        if (killed && exitValue == SIGNAL_BASE + SIGKILL) {
            return -SIGKILL;
        }
        return switch (state) {
            case ENDED -> exitValue;
            case SIGNALLED -> -signal;
            case LAUNCHED, RUNNING -> exitValue > SIGNAL_BASE ? SIGNAL_BASE - exitValue : exitValue;
        };
    }
}
