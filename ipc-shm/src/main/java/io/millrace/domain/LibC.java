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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The few functions of the C library that a lease needs, on 64-bit Linux. Loads the native library when somebody first
 * asks whether it is available. Any thread.
 */
final class LibC {
    static final int EAGAIN = 11;
    static final int EACCES = 13;

    private static final int ENOENT = 2;
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x80000;

    /** More than a {@code struct statfs} takes on any of these machines; its first word is the type. */
    private static final int STATFS_LENGTH = 256;
    private static final long TYPE_MASK = 0xFFFF_FFFFL;

    private LibC() { }

    static boolean isAvailable() {
        return Calls.AVAILABLE;
    }

    /** Opens a file for reading and writing; no program that this process starts inherits the descriptor. */
    static int open(Path file) throws IOException {
        Region name = nativeName(file);
        NativeAddress address = name.address(0);
        int flags = O_RDWR | O_CLOEXEC | Calls.NO_FOLLOW;
        int result = (int) Calls.INVOKER.invokeN2(Calls.TWO, Calls.OPEN, address.value(), flags);
        address.keepAlive();
        if (result < 0) {
            throw failure("open", file);
        }
        return result;
    }

    static void close(int descriptor, Path file) throws IOException {
        if ((int) Calls.INVOKER.invokeN1(Calls.ONE, Calls.CLOSE, descriptor) < 0) {
            throw failure("close", file);
        }
    }

    /** As {@code fcntl(2)}: negative if it failed, and then {@link #error} says why. */
    static int control(int descriptor, int command, NativeAddress argument) {
        int result = (int) Calls.INVOKER.invokeN3(Calls.THREE, Calls.FCNTL, descriptor, command, argument.value());
        argument.keepAlive();
        return result;
    }

    /** The number of the type of the file system that the file is on. */
    static long fileSystemType(Path file) throws IOException {
        Region name = nativeName(file);
        Region found = Region.allocate(STATFS_LENGTH);
        NativeAddress nameAddress = name.address(0);
        NativeAddress foundAddress = found.address(0);
        int result =
            (int) Calls.INVOKER.invokeN2(Calls.TWO, Calls.STATFS, nameAddress.value(), foundAddress.value());
        nameAddress.keepAlive();
        foundAddress.keepAlive();
        if (result < 0) {
            throw failure("statfs", file);
        }
        return found.getLongPlain(0) & TYPE_MASK;
    }

    /** Why the last call of this thread failed. */
    static int error() {
        return LastError.getInstance().get();
    }

    static IOException failure(String call, Path file) {
        int error = error();
        return error == ENOENT ? new NoSuchFileException(file.toString(), null, call)
            : new FileSystemException(file.toString(), null, call + " failed: errno " + error);
    }

    /** The bytes of the name, whatever the locale says they mean, and a NUL: a path's URI has them as they are. */
    static Region nativeName(Path file) {
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
        Region memory = Region.allocate(bytes.size());
        memory.putBytes(0, bytes.toByteArray(), 0, bytes.size());
        return memory;
    }

    private static final class Calls {
        static final int NO_FOLLOW = noFollow();
        static final long OPEN = address("open");
        static final long CLOSE = address("close");
        static final long FCNTL = address("fcntl");
        static final long STATFS = address("statfs");
        static final boolean AVAILABLE = OPEN != 0 && CLOSE != 0 && FCNTL != 0 && STATFS != 0;

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
