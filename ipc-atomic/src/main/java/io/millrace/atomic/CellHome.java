package io.millrace.atomic;

import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import io.millrace.ring.Owner;
import io.millrace.wait.Signal;
import io.millrace.wait.Waiter;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where cells are made that have a name, users, and an end: to be implemented by whoever knows of such things, and to
 * be found by {@link java.util.ServiceLoader}. {@code ipc-shm} has one, which makes them objects of a domain.
 *
 * <p><b>Who may call it:</b> any thread.
 */
public interface CellHome {
    /**
     * Makes an object.
     *
     * @param length of its body in bytes
     * @param initialiser called once, with the zeroed body, before others can see it
     * @throws java.nio.file.FileAlreadyExistsException if there is one of that name
     * @throws IOException if it cannot be made; nothing is left behind
     */
    CellObject create(Place place, SegmentKind kind, long length, Consumer<Region> initialiser) throws IOException;

    /**
     * Opens an object.
     *
     * @throws java.nio.file.NoSuchFileException if there is none of that name
     * @throws io.millrace.format.SegmentFormatException if it is damaged, or of another kind or version
     * @throws IOException if it cannot be opened
     */
    CellObject open(Place place, SegmentKind kind) throws IOException;

    /**
     * Where an object is.
     *
     * @param domain directory of the domain; null for the default one
     * @param name in the domain; null for an object that vanishes with its last user
     */
    record Place(Path domain, String name) { }

    /** A handle on an object. Its region stays readable after its end. */
    interface CellObject extends AutoCloseable {
        /** What the cells are in: aligned to 128 bytes. */
        Region body();

        /** What people know it by. */
        String name();

        /** Its file. */
        Path path();

        /** This process as its user, and who is dead. */
        Owner owner();

        /**
         * The lock of this object, the same for all its users.
         *
         * @throws UnsupportedOperationException if it has none, because nobody could tell that a holder is dead
         */
        default ObjectLock lock() {
            throw new UnsupportedOperationException(name() + " is not in a domain, and has no lock");
        }

        /** How a thread waits by a signal in the body. */
        default Waiter waiter(Signal signal) {
            return Waiter.blocking(signal);
        }

        /** Throws if somebody removed it. */
        void checkNotRemoved();

        /** Removes it, whoever uses it. */
        void remove() throws IOException;

        /**
         * What travels to another process in its place.
         *
         * @throws NotSerializableException if it cannot be opened elsewhere; the message says why
         */
        Sent sent() throws NotSerializableException;

        /** Ends this use. Idempotent. */
        @Override
        void close();
    }

    /** An object on its way to another process. */
    interface Sent extends Serializable {
        /** Opens it where it has arrived. */
        CellObject open(SegmentKind kind) throws IOException;
    }
}
