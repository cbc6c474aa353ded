package io.millrace.value;

import io.millrace.atomic.CellHome.CellObject;
import io.millrace.atomic.CellHome.Sent;
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
        return new CellsInDomain(opened(kind));
    }
}
