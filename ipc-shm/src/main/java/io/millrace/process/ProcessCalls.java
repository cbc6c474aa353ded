package io.millrace.process;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallContextCache;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import io.millrace.memory.NativeAddress;
import io.millrace.memory.Region;
import java.util.Arrays;

/**
 * What Linux offers for processes and Java does not: a descriptor that stands for a process and for no later one with
 * the same number. Loads the native library when somebody first asks whether it is available.
 */
final class ProcessCalls {
    static final int SIGINT = 2;

    // The same numbers on every machine, as all system calls that came so late.
    private static final long PIDFD_SEND_SIGNAL = 424;
    private static final long PIDFD_OPEN = 434;
    /** {@code struct pollfd {int fd; short events; short revents;}}. */
    private static final int POLLFD_LENGTH = 8;
    private static final int POLLIN = 1;
    private static final int FOR_EVER = -1;

    private ProcessCalls() { }

    static boolean isAvailable() {
        return Calls.AVAILABLE;
    }

    /** A descriptor for the process that has this number now; negative if there is none, or the kernel is too old. */
    static int open(long pid) {
        return (int) Calls.INVOKER.invokeN3(Calls.THREE, Calls.SYSCALL, PIDFD_OPEN, pid, 0);
    }

    /** Waits until the process has ended; false if the wait was cut short. */
    static boolean await(int descriptor) {
        Region pollfd = Region.allocate(POLLFD_LENGTH);
        pollfd.putIntPlain(0, descriptor);
        pollfd.putIntPlain(Integer.BYTES, POLLIN);
        NativeAddress address = pollfd.address(0);
        int ready = (int) Calls.INVOKER.invokeN3(Calls.THREE, Calls.POLL, address.value(), 1, FOR_EVER);
        address.keepAlive();
        return ready == 1;
    }

    /** Sends the signal; false if the process has ended. */
    static boolean send(int descriptor, int signal) {
        return Calls.INVOKER.invokeN5(Calls.FIVE, Calls.SYSCALL, PIDFD_SEND_SIGNAL, descriptor, signal, 0, 0) == 0;
    }

    static void close(int descriptor) {
        Calls.INVOKER.invokeN1(Calls.ONE, Calls.CLOSE, descriptor);
    }

    private static final class Calls {
        static final long SYSCALL = address("syscall");
        static final long POLL = address("poll");
        static final long CLOSE = address("close");
        static final boolean AVAILABLE = SYSCALL != 0 && POLL != 0 && CLOSE != 0;

        static final Invoker INVOKER = AVAILABLE ? Invoker.getInstance() : null;
        static final CallContext ONE = AVAILABLE ? contextOf(1) : null;
        static final CallContext THREE = AVAILABLE ? contextOf(3) : null;
        static final CallContext FIVE = AVAILABLE ? contextOf(5) : null;

        private static long address(String function) {
            if (!System.getProperty("os.name").equals("Linux")) {
                return 0;
            }
            try {
                return Library.getDefault().getSymbolAddress(function);
            } catch (LinkageError | RuntimeException e) {
                return 0; // no native code here: others ways are taken
            }
        }

        private static CallContext contextOf(int parameters) {
            Type[] types = new Type[parameters];
            Arrays.fill(types, Type.SLONG);
            return CallContextCache.getInstance().getCallContext(Type.SLONG, types, CallingConvention.DEFAULT, true);
        }
    }
}
