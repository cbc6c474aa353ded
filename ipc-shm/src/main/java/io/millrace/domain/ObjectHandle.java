package io.millrace.domain;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A shared object on its way to another process: where it is, and which it is. What reads it opens the object.
 *
 * <p>A named object may be sent anywhere at any time. An anonymous one vanishes with its last user, so it travels only
 * in the task of a child that is being started: the parent keeps it until the child has ended.
 */
public abstract class ObjectHandle implements Serializable {
    private static final long serialVersionUID = 1;
    /** Where this thread collects what keeps the objects, while it serializes the task of a child. */
    private static final ThreadLocal<List<AutoCloseable>> LAUNCHING = new ThreadLocal<>();

    /** As text, for a path is not serializable. */
    private final String directory;
    private final String name;
    private final UUID creationId;

    /**
     * A handle on the object.
     *
     * @throws NotSerializableException if it is anonymous and not in the task of a child
     */
    @SuppressWarnings("this-escape") // what is called later takes care of a subclass whose constructor has failed
    protected ObjectHandle(SharedObject object) throws NotSerializableException {
        directory = object.directory().toString();
        name = object.name();
        creationId = object.creationId();
        List<AutoCloseable> inFlight = LAUNCHING.get();
        if (inFlight != null) {
            SharedObject kept = again(object);
            inFlight.add(() -> {
                try {
                    arrived(kept);
                } finally {
                    kept.close();
                }
            });
        } else if (object.isAnonymous()) {
            throw new NotSerializableException("the anonymous object " + object
                + " can be sent to a child in its task only; one that is to be sent elsewhere needs a name");
        }
    }

    /**
     * Serializes the task of a child.
     *
     * @param inFlight gets what keeps the objects that it names, to be closed when the child has ended
     */
    public static <T> T launching(List<AutoCloseable> inFlight, Supplier<T> serialization) {
        List<AutoCloseable> outer = LAUNCHING.get();
        LAUNCHING.set(inFlight);
        try {
            return serialization.get();
        } finally {
            if (outer == null) {
                LAUNCHING.remove();
            } else {
                LAUNCHING.set(outer);
            }
        }
    }

    /**
     * Called in the sender when a handle that travels in the task of a child is needed no more: the child has ended, or
     * could not be started.
     *
     * @param object the object as it was kept for the handle; closed by the caller
     */
    protected void arrived(SharedObject object) throws IOException { }

    private static SharedObject again(SharedObject object) throws NotSerializableException {
        try {
            return object.openAgain();
        } catch (IOException e) {
            NotSerializableException failure = new NotSerializableException(object + " cannot be sent: " + e);
            failure.initCause(e);
            throw failure;
        }
    }

    /** The directory of its domain. */
    protected final Path directory() {
        return Path.of(directory);
    }

    /** Its name in the domain. */
    protected final String name() {
        return name;
    }

    /** Whether an object that was opened by that name is the one. */
    protected final boolean isHandleOn(SharedObject opened) {
        return opened.creationId().equals(creationId);
    }

    @Override
    public String toString() {
        return "ObjectHandle[" + name + " in " + directory + "]";
    }
}
