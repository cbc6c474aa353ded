package io.millrace.pipe;

import io.millrace.domain.IncomingHandles;
import io.millrace.domain.ObjectHandle;
import io.millrace.domain.OutgoingHandles;
import io.millrace.domain.SharedObject;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;

/** A connection on its way to another process, in the task of a child or in a message. */
final class ConnectionHandle extends ObjectHandle {
    private static final long serialVersionUID = 1;

    private final Copy copy;

    ConnectionHandle(PipeCore core, int end) throws NotSerializableException {
        super(core.object());
        this.copy = isLaunching() ? Copy.of(core, end)
            : Copy.of(core, end, OutgoingHandles.current().add(core.object(), core.end(end)));
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
            PipeCore core = PipeCore.over(opened(PipeLayout.KIND));
            return copy.entry().isTravelling() ? received(core) : taken(core);
        } catch (IOException e) {
            throw failure("pipe", e);
        }
    }

    private Connection taken(PipeCore core) throws IOException {
        Connection connection = core.successor(copy);
        if (connection == null) {
            throw new IOException("all who held this end have closed it or died meanwhile");
        }
        return connection;
    }

    private Connection received(PipeCore core) throws IOException {
        Connection connection = core.newConnection(copy.end());
        IncomingHandles.add(core.end(copy.end()), copy.entry(), connection);
        return connection;
    }
}
