package io.millrace.pipe;

import io.millrace.domain.ObjectHandle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A connection on its way to a child that is in this JVM. */
final class Handles {
    private final List<AutoCloseable> inFlight = new ArrayList<>();
    private final byte[] sent;

    private Handles(Connection connection) {
        this.sent = ObjectHandle.launching(inFlight, () -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(connection);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        });
    }

    static Handles sent(Connection connection) {
        return new Handles(connection);
    }

    /** A further handle on the end of that one. */
    static Connection copy(Connection connection) throws Exception {
        Handles handles = sent(connection);
        try {
            return handles.arrive();
        } finally {
            handles.end();
        }
    }

    Connection arrive() throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(sent))) {
            return (Connection) in.readObject();
        }
    }

    /** As the parent does when the child has ended. */
    void end() throws Exception {
        for (AutoCloseable each : inFlight) {
            each.close();
        }
    }
}
