package io.millrace.pipe;

import io.millrace.domain.Domain;
import io.millrace.domain.ObjectHandle;
import io.millrace.domain.SharedObject;
import io.millrace.domain.UserList;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;

/**
 * A connection on its way to another process. It has an entry of its own among the holders of its end, which names the
 * sender until the receiver takes it over: so the end is held all the time.
 */
final class ConnectionHandle extends ObjectHandle {
    private static final long serialVersionUID = 1;

    private final int end;
    /** An entry of its own, in two numbers. */
    private final int index;
    private final long value;

    ConnectionHandle(PipeCore core, int end) throws NotSerializableException {
        super(core.object());
        this.end = end;
        UserList.Entry entry = core.end(end).enter(core.owner().id());
        this.index = entry.index();
        this.value = entry.value();
    }

    /** The child has taken the entry over, or never will. */
    @Override
    protected void arrived(SharedObject object) throws IOException {
        PipeCore core = PipeCore.over(object);
        core.end(end).leave(new UserList.Entry(index, value)); // value 0, if the constructor has failed, is nobody's
        core.left(end);
    }

    private Object readResolve() throws ObjectStreamException {
        try {
            PipeCore core = PipeCore.open(Domain.join(directory()), name());
            boolean done = false;
            try {
                if (!isHandleOn(core.object())) {
                    throw new IOException("another object has taken its name");
                }
                UserList.Entry own = core.end(end).succeed(new UserList.Entry(index, value), core.owner().id());
                if (own == null) {
                    throw new IOException("all who held this end have closed it or died meanwhile");
                }
                done = true;
                return new Connection(core, end, own);
            } finally {
                if (!done) {
                    core.object().close();
                }
            }
        } catch (IOException e) {
            InvalidObjectException failure = new InvalidObjectException("the pipe " + name() + " in " + directory()
                + " cannot be opened: " + e);
            failure.initCause(e);
            throw failure;
        }
    }
}
