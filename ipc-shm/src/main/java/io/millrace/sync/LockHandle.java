package io.millrace.sync;

import io.millrace.domain.ObjectHandle;
import io.millrace.domain.SharedObject;
import io.millrace.format.SegmentKind;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;

/** A lock, or the lock of a value, on its way to another process. */
final class LockHandle extends ObjectHandle {
    private static final long serialVersionUID = 1;

    private final String kind;

    LockHandle(SharedObject object) throws NotSerializableException {
        super(object);
        this.kind = object.kind();
    }

    private Object readResolve() throws ObjectStreamException {
        try {
            // Of any version: the lock is in front of what the kind adds.
            return SharedReentrantLock.over(opened(new SegmentKind(kind, 1, Integer.MAX_VALUE)));
        } catch (IOException e) {
            throw failure("lock", e);
        }
    }
}
