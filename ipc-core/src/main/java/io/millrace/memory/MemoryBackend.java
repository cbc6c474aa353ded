package io.millrace.memory;

import java.nio.ByteBuffer;

/**
 * What {@link Region} is built on in this JVM. Chosen once, at the first use:
 *
 * <ul>
 *   <li>{@link #AGRONA} where Agrona's buffers can work, that is, where the JVM was started with
 *       {@value #AGRONA_FLAG};
 *   <li>{@link #VARHANDLE} everywhere else, with no flag at all.
 * </ul>
 *
 * The system property {@value #PROPERTY} ({@code agrona} or {@code varhandle}) overrules the choice. The bytes written
 * are the same, so JVMs of both kinds share one file.
 */
public enum MemoryBackend {
    /** Agrona's {@code UnsafeBuffer}. */
    AGRONA,
    /** {@code VarHandle} views of a {@code ByteBuffer}. */
    VARHANDLE;

    /** The flag that Agrona's buffers need. */
    public static final String AGRONA_FLAG = "--add-opens java.base/jdk.internal.misc=ALL-UNNAMED";

    /** Name of the system property that overrules the choice. */
    public static final String PROPERTY = "millrace.backend";

    /** The back-end of this JVM. */
    public static MemoryBackend current() {
        return Choice.CURRENT;
    }

    /** A region over the whole of a direct buffer, from its index 0 to its capacity. */
    Region regionOf(ByteBuffer memory) {
        // The class of the other must not even be loaded: of an abstract class that has one subclass the compiler
        // knows the methods. The verifier loads whatever is made here and returned.
        return this == AGRONA ? AgronaRegion.over(memory) : BufferRegion.over(memory);
    }

    /** Whether Agrona checks bounds in this JVM; it reads the same property. */
    public static boolean agronaChecksBounds() {
        return !Boolean.getBoolean("agrona.disable.bounds.checks");
    }

    private static boolean agronaCanWork() {
        // Agrona's buffers must not even be loaded where this says no: their initialisers fail for good.
        return Object.class.getModule()
            .isExported("jdk.internal.misc", org.agrona.DirectBuffer.class.getModule());
    }

    private static final class Choice {
        static final MemoryBackend CURRENT = choose(System.getProperty(PROPERTY));

        private static MemoryBackend choose(String wish) {
            if (wish == null) {
                return agronaCanWork() ? AGRONA : VARHANDLE;
            }
            MemoryBackend wished = switch (wish) {
                case "agrona" -> AGRONA;
                case "varhandle" -> VARHANDLE;
                default -> throw new IllegalArgumentException(
                    "property " + PROPERTY + ": actual '" + wish + "', expected 'agrona' or 'varhandle'");
            };
            if (wished == AGRONA && !agronaCanWork()) {
                throw new IllegalArgumentException(
                    "property " + PROPERTY + "=agrona needs the JVM flag " + AGRONA_FLAG);
            }
            return wished;
        }
    }
}
