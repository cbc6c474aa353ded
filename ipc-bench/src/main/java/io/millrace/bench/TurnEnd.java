package io.millrace.bench;

import io.millrace.memory.MappedFile;
import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where a turn ends: a word that both sides of a pair have mapped. The side that leads writes into it the number of the
 * turn's last message, and then sends that message.
 *
 * <p>The accesses are plain, for the last message is their fence: whoever has received a message sees what was written
 * before it was sent, by every transport. Who looks before that sees the end of this turn or of the one before, and has
 * not reached the one and is past the other.
 */
final class TurnEnd implements AutoCloseable {
    private static final String FILE = "turn-end";

    private final MappedFile file;
    private final Region word;

    private TurnEnd(MappedFile file) {
        this.file = file;
        this.word = file.region();
    }

    static TurnEnd create(Path directory) throws IOException {
        MappedFile file = MappedFile.createUnpublished(directory.resolve(FILE), Long.BYTES);
        file.publish();
        return new TurnEnd(file);
    }

    static TurnEnd open(Path directory) throws IOException {
        return new TurnEnd(MappedFile.open(directory.resolve(FILE)));
    }

    /** Called by the side that leads, before it sends the last message of a turn: how many it has then sent in all. */
    void announce(long sent) {
        word.putLongPlain(0, sent);
    }

    /** Called by the other side, after a message was received: whether the last of so many was that of the turn. */
    boolean isReached(long received) {
        return word.getLongPlain(0) == received;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
