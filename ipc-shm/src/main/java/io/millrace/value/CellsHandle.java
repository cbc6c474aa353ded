package io.millrace.value;

import io.millrace.atomic.CellHome.CellObject;
import io.millrace.atomic.CellHome.Sent;
import io.millrace.domain.Domain;
import io.millrace.domain.ObjectHandle;
import io.millrace.domain.SharedObject;
import io.millrace.format.SegmentKind;
import java.io.IOException;
import java.io.NotSerializableException;

/** Cells on their way to another process. */
final class CellsHandle extends ObjectHandle implements Sent {
    private static final long serialVersionUID = 1;

    CellsHandle(SharedObject object) throws NotSerializableException {
        super(object);
    }

    @Override
    public CellObject open(SegmentKind kind) throws IOException {
        SharedObject object = SharedObject.open(Domain.join(directory()), name(), kind);
        if (!isHandleOn(object)) {
            object.close();
            throw new IOException("another object has taken its name");
        }
        return new CellsInDomain(object);
    }
}
