package io.millrace.domain;

import io.millrace.format.SegmentKind;
import java.io.IOException;
import java.io.InvalidObjectException;
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
 * where something keeps it: in the task of a child that is being started, for which the parent keeps it until the child
 * has ended; and in messages of queues and pipes of the same domain, see {@link OutgoingHandles}.
 */
public abstract class ObjectHandle implements Serializable {
    private static final long serialVersionUID = 1;
    /** Where this thread collects what keeps the objects, while it serializes the task of a child. */
    private static final Scope<List<AutoCloseable>> LAUNCHING = new Scope<>();

    /** As text, for a path is not serializable. */
    private final String directory;
    private final String name;
    private final UUID creationId;
    /** That of a copy in a message, of an anonymous object; else null. */
    private final UserList.Entry copy;

    /**
     * A handle on the object.
     *
     * @throws NotSerializableException if it is anonymous, and neither in the task of a child nor in a message
     */
    @SuppressWarnings("this-escape") // what is called later takes care of a subclass whose constructor has failed
    protected ObjectHandle(SharedObject object) throws NotSerializableException {
        directory = object.directory().toString();
        name = object.name();
        creationId = object.creationId();
        List<AutoCloseable> inFlight = LAUNCHING.current();
        OutgoingHandles outgoing = OutgoingHandles.current();
        copy = inFlight == null && outgoing != null && object.isAnonymous()
            ? outgoing.add(object, object.userList()) : null;
        if (inFlight != null) {
            SharedObject kept = again(object);
            inFlight.add(() -> {
                try {
                    arrived(kept);
                } finally {
                    kept.close();
                }
            });
        } else if (object.isAnonymous() && outgoing == null) {
            throw new NotSerializableException("the anonymous object " + object + " can be sent to a child in its task,"
                + " and in messages of queues and pipes; one that is to be sent elsewhere needs a name");
        }
    }

    /**
     * Serializes the task of a child.
     *
     * @param inFlight gets what keeps the objects that it names, to be closed when the child has ended
     */
    public static <T> T launching(List<AutoCloseable> inFlight, Supplier<T> serialization) {
        return LAUNCHING.run(inFlight, serialization);
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

    /** Whether this thread serializes the task of a child. */
    protected static boolean isLaunching() {
        return LAUNCHING.current() != null;
    }

    /**
     * Opens the object.
     *
     * @throws IOException if it cannot be opened, or another has taken its name
     */
    protected final SharedObject opened(SegmentKind kind) throws IOException {
        SharedObject object = SharedObject.open(Domain.join(Path.of(directory)), name, kind);
        if (!object.creationId().equals(creationId)) {
            object.close();
            throw new IOException("another object has taken its name");
        }
        if (copy != null) {
            IncomingHandles.add(object.userList(), copy, object);
        }
        return object;
    }

    /** The exception for a handle that cannot be opened. */
    protected final InvalidObjectException failure(String kind, IOException cause) {
        InvalidObjectException failure = new InvalidObjectException("the " + kind + " " + name + " in " + directory
            + " cannot be opened: " + cause);
        failure.initCause(cause);
        return failure;
    }

    @Override
    public String toString() {
        return "ObjectHandle[" + name + " in " + directory + "]";
    }
}
