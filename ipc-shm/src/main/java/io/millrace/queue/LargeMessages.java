package io.millrace.queue;

import io.millrace.domain.SharedObject;
import io.millrace.format.Segment;
import io.millrace.memory.Region;
import io.millrace.memory.Uninterrupted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Messages that are longer than the rings take: each has a file of its own, and a record that tells which. The file
 * is complete before the record is published, and goes before the record is over. So a record without a file is one
 * whose consumer died between the two, and was delivered; a file without a record is one whose producer died, and
 * goes with its queue.
 */
final class LargeMessages {
    /** Owner id of the producer, and which of its messages. */
    static final int REFERENCE_LENGTH = 2 * Integer.BYTES;

    private static final AtomicInteger SERIAL = new AtomicInteger();

    private final SharedObject object;

    LargeMessages(SharedObject object) {
        this.object = object;
    }

    /** Writes a message to a file, and the reference to it, which is to be published. */
    void write(Region message, int length, Region reference) throws IOException {
        int serial = SERIAL.incrementAndGet();
        reference.putIntPlain(0, object.owner().id());
        reference.putIntPlain(Integer.BYTES, serial);
        Path file = file(reference);
        Uninterrupted.run(() -> Segment.create(file, Integer.toString(object.owner().id()), QueueLayout.MESSAGE, length,
            body -> body.putBytes(0, message, 0, length))).close();
    }

    /** Opens what a reference leads to; null if it was delivered before. */
    Segment open(Region reference) throws IOException {
        try {
            return Uninterrupted.run(() -> Segment.open(file(reference), QueueLayout.MESSAGE));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Takes a file away; does nothing if it is not there. */
    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    Path file(Region reference) {
        return object.parts().file(part(reference));
    }

    /** The name of the part that a reference leads to. */
    static String part(Region reference) {
        return QueueLayout.MESSAGE_PART + reference.getIntPlain(0) + "-" + reference.getIntPlain(Integer.BYTES);
    }
}
