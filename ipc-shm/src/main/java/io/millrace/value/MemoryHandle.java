package io.millrace.value;

import io.millrace.domain.Domain;
import io.millrace.domain.ObjectHandle;
import io.millrace.domain.SharedObject;
import java.io.IOException;
import java.io.InvalidObjectException;
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
            SharedMemory memory = SharedMemory.open(Domain.join(directory()), name());
            if (!isHandleOn(memory.object())) {
                memory.close();
                throw new IOException("another object has taken its name");
            }
            return memory;
        } catch (IOException e) {
            InvalidObjectException failure = new InvalidObjectException("the shared memory " + name() + " in "
                + directory() + " cannot be opened: " + e);
            failure.initCause(e);
            throw failure;
        }
    }
}
