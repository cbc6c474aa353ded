package io.millrace.wait;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallContextCache;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import java.util.Arrays;

/**
 * Linux' system calls by their numbers. Loaded at the first use, because loading the native library takes tens of
 * milliseconds.
 *
 * <p>Through jffi's invoker and not jnr-ffi's generated stubs: the same cost per call, in 40 % of the time to load.
 * Calls of up to six arguments allocate nothing.
 */
final class SystemCall {
    static final int NUMBER_UNKNOWN = -1;

    private SystemCall() { }

    /** The call's number on this machine, or {@link #NUMBER_UNKNOWN}. */
    static int number(int onX86, int onArm) {
        if (!System.getProperty("os.name").equals("Linux")) {
            return NUMBER_UNKNOWN;
        }
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> onX86;
            case "aarch64" -> onArm;
            default -> NUMBER_UNKNOWN;
        };
    }

    /** Whether calls can be made here, whatever they do then. */
    static boolean isAvailable() {
        return Calls.SYSCALL != 0;
    }

    /** Makes a call; negative if it failed, and then {@link #error} says why. */
    static long make(int number, long first, long second, long third) {
        return Calls.INVOKER.invokeN4(Calls.FOUR, Calls.SYSCALL, number, first, second, third);
    }

    /** The same with four arguments. */
    static long make(int number, long first, long second, long third, long fourth) {
        return Calls.INVOKER.invokeN5(Calls.FIVE, Calls.SYSCALL, number, first, second, third, fourth);
    }

    /** The same with five. */
    static long make(int number, long first, long second, long third, long fourth, long fifth) {
        return Calls.INVOKER.invokeN6(Calls.SIX, Calls.SYSCALL, number, first, second, third, fourth, fifth);
    }

    /** Why the last call of this thread failed. */
    static int error() {
        return LastError.getInstance().get();
    }

    private static final class Calls {
        static final long SYSCALL = load();
        static final Invoker INVOKER = SYSCALL == 0 ? null : Invoker.getInstance();
        static final CallContext FOUR = SYSCALL == 0 ? null : contextOf(4);
        static final CallContext FIVE = SYSCALL == 0 ? null : contextOf(5);
        static final CallContext SIX = SYSCALL == 0 ? null : contextOf(6);

        /** The address of syscall(2)'s wrapper, or 0 where native code cannot be loaded. */
        private static long load() {
            boolean interrupted = Thread.interrupted(); // it would close the file that is unpacked, and end all calls
            try {
                return Library.getDefault().getSymbolAddress("syscall");
            } catch (LinkageError | RuntimeException e) {
                // A temporary directory mounted noexec, a C library that jffi has no build for: do without.
                return 0;
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private static CallContext contextOf(int parameters) {
            Type[] types = new Type[parameters];
            Arrays.fill(types, Type.SLONG);
            return CallContextCache.getInstance().getCallContext(Type.SLONG, types, CallingConvention.DEFAULT, true);
        }
    }
}
