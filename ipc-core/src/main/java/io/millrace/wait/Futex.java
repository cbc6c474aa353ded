package io.millrace.wait;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallContextCache;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import io.millrace.memory.NativeAddress;
import java.util.Arrays;

/**
 * Linux' {@code futex(2)} on a word that several processes share. Loaded at the first real sleep, because loading the
 * native library takes tens of milliseconds.
 *
 * <p>Through jffi's invoker and not jnr-ffi's generated stubs: the same cost per call, in 40 % of the time to load.
 * Calls of up to six arguments allocate nothing.
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

    private static final int NUMBER_UNKNOWN = -1;

    private Futex() { }

    static boolean isAvailable() {
        return Calls.AVAILABLE;
    }

    /** Sleeps while the word is {@code expected}, for the given time at most. May return early for no reason. */
    static void sleep(NativeAddress word, int expected, NativeAddress timespec) {
        long result = Calls.INVOKER.invokeN5(Calls.WAIT, Calls.SYSCALL, Calls.NUMBER, word.value(), FUTEX_WAIT,
            expected, timespec.value());
        if (result < 0) {
            int error = LastError.getInstance().get();
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
        long result = Calls.INVOKER.invokeN6(Calls.WAIT_ANY, Calls.SYSCALL, FUTEX_WAITV, entries.value(), count, 0,
            timespec.value(), CLOCK_MONOTONIC);
        int error = result < 0 ? LastError.getInstance().get() : 0;
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
        Calls.INVOKER.invokeN4(Calls.WAKE, Calls.SYSCALL, Calls.NUMBER, word.value(), FUTEX_WAKE, Integer.MAX_VALUE);
        word.keepAlive();
    }

    private static int numberOfThisSystem() {
        if (!System.getProperty("os.name").equals("Linux") || "off".equals(System.getProperty(PROPERTY))) {
            return NUMBER_UNKNOWN;
        }
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> 202;
            case "aarch64" -> 98;
            default -> NUMBER_UNKNOWN;
        };
    }

    private static final class Calls {
        static final int NUMBER = numberOfThisSystem();
        static final long SYSCALL = NUMBER == NUMBER_UNKNOWN ? 0 : load();
        static final boolean AVAILABLE = SYSCALL != 0;

        static final Invoker INVOKER = AVAILABLE ? Invoker.getInstance() : null;
        static final CallContext WAIT = AVAILABLE ? contextOf(5) : null;
        static final CallContext WAIT_ANY = AVAILABLE ? contextOf(6) : null;
        static final CallContext WAKE = AVAILABLE ? contextOf(4) : null;

        /** The address of syscall(2)'s wrapper, or 0 where native code cannot be loaded. */
        private static long load() {
            try {
                return Library.getDefault().getSymbolAddress("syscall");
            } catch (LinkageError | RuntimeException e) {
                // A temporary directory mounted noexec, a C library that jffi has no build for: park instead.
                return 0;
            }
        }

        private static CallContext contextOf(int parameters) {
            Type[] types = new Type[parameters];
            Arrays.fill(types, Type.SLONG);
            return CallContextCache.getInstance().getCallContext(Type.SLONG, types, CallingConvention.DEFAULT, true);
        }
    }
}
