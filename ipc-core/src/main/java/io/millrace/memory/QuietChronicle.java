package io.millrace.memory;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.openhft.chronicle.core.Jvm;

/**
 * Loads chronicle-bytes without the lines it prints at its first use. Whoever uses a class of it calls
 * {@link #load()} before; nothing on a raw path does.
 *
 * <p>Silent on JDK 17 with no flag. On JDK 24 and later the JDK itself prints four lines about
 * {@code sun.misc.Unsafe} unless it was started with {@code --sun-misc-unsafe-memory-access=allow}; no program can
 * prevent that.
 */
public final class QuietChronicle {
    private static final String SLF4J_VERBOSITY = "slf4j.internal.verbosity";
    private static final String SYSTEM_PROPERTIES_FILE = "system.properties";

    // Held here, because loggers that nobody holds lose their level.
    private static final Logger CLEANER_LOGGER =
        Logger.getLogger("net.openhft.chronicle.core.internal.cleaner.ReflectionBasedByteBufferCleanerService");

    static {
        // No SLF4J provider is the normal case here: three lines less.
        System.getProperties().putIfAbsent(SLF4J_VERBOSITY, "ERROR");
        // Otherwise it reads a file of that name in the working directory into the system properties.
        System.getProperties().putIfAbsent(SYSTEM_PROPERTIES_FILE, "/nonexistent");
        CLEANER_LOGGER.setLevel(Level.OFF);
        PrintStream err = System.err;
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream())) {
            System.setErr(nowhere);
            Jvm.maxDirectMemory(); // says on System.err that it cannot find out
        } finally {
            System.setErr(err);
        }
    }

    private QuietChronicle() { }

    /** After this, chronicle-bytes is loaded. */
    public static void load() {
        // The work is done by the initialiser, once.
    }
}
