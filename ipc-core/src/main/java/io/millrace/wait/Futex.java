package io.millrace.wait;

import io.millrace.memory.NativeAddress;

/**
 * Linux' {@code futex(2)} on a word that several processes share. Loaded at the first real sleep.
 */
final class Futex {
    /** Set to {@code off}, sleepers park instead; see the package's description. */
    static final String PROPERTY = "millrace.futex";

    // Without FUTEX_PRIVATE_FLAG: the word is in a mapping that several processes have.
    private static final int FUTEX_WAIT = 0;
    private static final int FUTEX_WAKE = 1;

    /** The same number on every machine, as all system calls that came so late. */
    private static final int FUTEX_WAITV = 449;
    private static final int CLOCK_MONOTONIC = 1;

    private static final int EPERM = 1;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final int ENOSYS = 38;
    private static final int ETIMEDOUT = 110;

    private Futex() { }

    static boolean isAvailable() {
        return Calls.AVAILABLE;
    }

    /** Sleeps while the word is {@code expected}, for the given time at most. May return early for no reason. */
    static void sleep(NativeAddress word, int expected, NativeAddress timespec) {
        long result = SystemCall.make(Calls.NUMBER, word.value(), FUTEX_WAIT, expected, timespec.value());
        if (result < 0) {
            int error = SystemCall.error();
            if (error != EAGAIN && error != ETIMEDOUT && error != EINTR) {
                throw new IllegalStateException("futex wait failed: errno " + error);
            }
        }
        word.keepAlive();
        timespec.keepAlive();
    }

    /**
     * Sleeps until one of several words is not what it is expected to be any more or is woken, up to a time of the
     * clock that {@link System#nanoTime} reads. May return early for no reason.
     *
     * @return false if this kernel cannot do it, before Linux 5.16
     */
    static boolean sleepOnAny(NativeAddress entries, int count, NativeAddress timespec) {
        long result =
            SystemCall.make(FUTEX_WAITV, entries.value(), count, 0, timespec.value(), CLOCK_MONOTONIC);
        int error = result < 0 ? SystemCall.error() : 0;
        entries.keepAlive();
        timespec.keepAlive();
        if (error != 0 && error != EAGAIN && error != ETIMEDOUT && error != EINTR && error != ENOSYS
            && error != EPERM) {
            throw new IllegalStateException("futex wait for several words failed: errno " + error);
        }
        return error != ENOSYS && error != EPERM; // some containers forbid what they do not know
    }

    /** Wakes all sleepers of the word, in all processes. */
    static void wakeAll(NativeAddress word) {
        SystemCall.make(Calls.NUMBER, word.value(), FUTEX_WAKE, Integer.MAX_VALUE);
        word.keepAlive();
    }

    private static final class Calls {
        static final int NUMBER =
            "off".equals(System.getProperty(PROPERTY)) ? SystemCall.NUMBER_UNKNOWN : SystemCall.number(202, 98);
        static final boolean AVAILABLE = NUMBER != SystemCall.NUMBER_UNKNOWN && SystemCall.isAvailable();
    }
}
