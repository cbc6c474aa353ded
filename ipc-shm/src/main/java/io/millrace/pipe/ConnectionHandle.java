package io.millrace.pipe;

import io.millrace.domain.Domain;
import io.millrace.domain.ObjectHandle;
import io.millrace.domain.SharedObject;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;

/** A connection on its way to a child. */
final class ConnectionHandle extends ObjectHandle {
    private static final long serialVersionUID = 1;

    private final Copy copy;

    ConnectionHandle(PipeCore core, int end) throws NotSerializableException {
        super(core.object());
        this.copy = Copy.of(core, end);
    }

    /** The child has taken the copy over, or never will. */
    @Override
    protected void arrived(SharedObject object) throws IOException {
        if (copy != null) { // as it is if the constructor has failed
            copy.drop(PipeCore.over(object));
        }
    }

    private Object readResolve() throws ObjectStreamException {
        try {
            Connection connection = PipeCore.adopt(Domain.join(directory()), copy);
            if (connection == null) {
                throw new IOException("all who held this end have closed it or died meanwhile");
            }
            return connection;
        } catch (IOException e) {
            InvalidObjectException failure = new InvalidObjectException("the pipe " + name() + " in " + directory()
                + " cannot be opened: " + e);
            failure.initCause(e);
            throw failure;
        }
    }
}
