package io.millrace.value;

import io.millrace.domain.ObjectHandle;
import io.millrace.domain.SharedObject;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;

/** Shared memory on its way to another process. */
final class MemoryHandle extends ObjectHandle {
    private static final long serialVersionUID = 1;

    MemoryHandle(SharedObject object) throws NotSerializableException {
        super(object);
    }

    private Object readResolve() throws ObjectStreamException {
        try {
            return new SharedMemory(opened(SharedMemory.KIND));
        } catch (IOException e) {
            throw failure("shared memory", e);
        }
    }
}
