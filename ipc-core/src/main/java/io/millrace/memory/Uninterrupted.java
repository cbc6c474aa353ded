package io.millrace.memory;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * File operations that an interrupt must not break off. Java closes the channel under an interrupted thread; where
 * that thread has a message in hand, or files to take away, the interrupt has to wait for the operation, and not the
 * other way round.
 *
 * <p><b>Who may call it:</b> any thread. The interrupt is pending again afterwards.
 *
 * <p><b>Cost:</b> an operation that an interrupt hits is done again from the beginning.
 */
public final class Uninterrupted {
    private Uninterrupted() { }

    /**
     * An operation on files.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    public interface Operation<T> {
        /** Does it; leaves nothing behind if it throws. */
        T run() throws IOException;
    }

    /** Does an operation, whatever interrupts there are. */
    public static <T> T run(Operation<T> operation) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return operation.run();
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
