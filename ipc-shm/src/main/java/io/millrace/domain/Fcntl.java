package io.millrace.domain;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallContextCache;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import io.millrace.memory.NativeAddress;
import io.millrace.memory.Region;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Linux' {@code fcntl(2)} for locks that belong to an open file description, on 64-bit machines. Loads the native
 * library when somebody first asks whether it is available. For one thread at a time.
 */
final class Fcntl {
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x80000;

    private static final int F_OFD_GETLK = 36;
    private static final int F_OFD_SETLK = 37;
    private static final int F_RDLCK = 0;
    private static final int F_WRLCK = 1;
    private static final int F_UNLCK = 2;

    private static final int EAGAIN = 11;
    private static final int EACCES = 13;

    // struct flock { short type; short whence; long start; long length; int pid; }, on little-endian machines
    private static final int TYPE_AND_WHENCE = 0;
    private static final int START = 8;
    private static final int LENGTH = 16;
    private static final int PID = 24;
    private static final int FLOCK_LENGTH = 32;

    private final Region flock = Region.allocate(FLOCK_LENGTH);
    private final NativeAddress flockAddress;

    /** Refuses where native code cannot be called; the file is for the message. */
    Fcntl(Path file) throws IOException {
        if (!isAvailable()) {
            throw new FileSystemException(file.toString(), null, "a lease of kind " + LeaseKind.OFD.text()
                + " needs native code, which cannot be called here; leave property " + LeaseKind.PROPERTY + " unset");
        }
        flockAddress = flock.address(0);
    }

    static boolean isAvailable() {
        return Calls.AVAILABLE;
    }

    /** Opens a file for reading and writing; no program that this process starts inherits the descriptor. */
    int open(Path file) throws IOException {
        byte[] name = nativeName(file);
        Region memory = Region.allocate(name.length);
        memory.putBytes(0, name, 0, name.length);
        NativeAddress address = memory.address(0);
        int flags = O_RDWR | O_CLOEXEC | Calls.NO_FOLLOW;
        int result = (int) Calls.INVOKER.invokeN2(Calls.TWO, Calls.OPEN, address.value(), flags);
        address.keepAlive();
        if (result < 0) {
            throw failure("open " + file);
        }
        return result;
    }

    void close(int descriptor) throws IOException {
        if ((int) Calls.INVOKER.invokeN1(Calls.ONE, Calls.CLOSE, descriptor) < 0) {
            throw failure("close");
        }
    }

    /** Takes an exclusive lock; false if another description has a lock there. */
    boolean tryLock(int descriptor, long start, long length) throws IOException {
        if (control(descriptor, F_OFD_SETLK, F_WRLCK, start, length) < 0) {
            int error = LastError.getInstance().get();
            if (error == EAGAIN || error == EACCES) {
                return false;
            }
            throw failure("fcntl(F_OFD_SETLK)");
        }
        return true;
    }

    /** Gives locks back; length 0 means to the end. */
    void unlock(int descriptor, long start, long length) throws IOException {
        if (control(descriptor, F_OFD_SETLK, F_UNLCK, start, length) < 0) {
            throw failure("fcntl(F_OFD_SETLK)");
        }
    }

    /** Whether another description, or a process by the older sort of lock, has an exclusive lock there. */
    boolean isLockedByAnother(int descriptor, long start, long length) throws IOException {
        if (control(descriptor, F_OFD_GETLK, F_RDLCK, start, length) < 0) {
            throw failure("fcntl(F_OFD_GETLK)");
        }
        return (short) flock.getIntPlain(TYPE_AND_WHENCE) != F_UNLCK;
    }

    private int control(int descriptor, int command, int type, long start, long length) {
        flock.putLongPlain(TYPE_AND_WHENCE, type);
        flock.putLongPlain(START, start);
        flock.putLongPlain(LENGTH, length);
        flock.putLongPlain(PID, 0);
        int result =
            (int) Calls.INVOKER.invokeN3(Calls.THREE, Calls.FCNTL, descriptor, command, flockAddress.value());
        flockAddress.keepAlive();
        return result;
    }

    private static IOException failure(String call) {
        return new IOException(call + " failed: errno " + LastError.getInstance().get());
    }

    /** The bytes of the name, whatever the locale says they mean: a path's URI has them as they are. */
    static byte[] nativeName(Path file) {
        byte[] escaped = file.toUri().getRawPath().getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < escaped.length; i++) {
            if (escaped[i] == '%') {
                bytes.write(Integer.parseInt(new String(escaped, i + 1, 2, StandardCharsets.US_ASCII), 16));
                i += 2;
            } else {
                bytes.write(escaped[i]);
            }
        }
        bytes.write(0);
        return bytes.toByteArray();
    }

    private static final class Calls {
        static final int NO_FOLLOW = noFollow();
        static final long OPEN = address("open");
        static final long CLOSE = address("close");
        static final long FCNTL = address("fcntl");
        static final boolean AVAILABLE = OPEN != 0 && CLOSE != 0 && FCNTL != 0;

        static final Invoker INVOKER = AVAILABLE ? Invoker.getInstance() : null;
        static final CallContext ONE = AVAILABLE ? contextOf(1) : null;
        static final CallContext TWO = AVAILABLE ? contextOf(2) : null;
        static final CallContext THREE = AVAILABLE ? contextOf(3) : null;

        /** O_NOFOLLOW of this system, or 0 on one whose numbers are not known here. */
        private static int noFollow() {
            if (!System.getProperty("os.name").equals("Linux")) {
                return 0;
            }
            return switch (System.getProperty("os.arch")) {
                case "amd64", "x86_64" -> 0x20000;
                case "aarch64" -> 0x8000;
                default -> 0;
            };
        }

        /** The address of a function of the C library, or 0 where native code cannot be loaded. */
        private static long address(String function) {
            if (NO_FOLLOW == 0) {
                return 0;
            }
            try {
                return Library.getDefault().getSymbolAddress(function);
            } catch (LinkageError | RuntimeException e) {
                // A temporary directory mounted noexec, a C library that jffi has no build for: lock by a channel.
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
