package io.millrace.queue;

import io.millrace.domain.MessageContainer;
import io.millrace.ring.ChainStatus;
import java.io.IOException;

/** Looks for handles in the items of queues: those that wait, and those that somebody has in hand. */
public final class QueueContainer implements MessageContainer {
    /** For {@link java.util.ServiceLoader}. */
    public QueueContainer() { }

    @Override
    public boolean isKind(String kind) {
        return QueueInspector.isQueue(kind);
    }

    @Override
    public boolean holds(Look look) throws IOException {
        boolean[] found = {false};
        ChainStatus status = QueueInspector.chain(look.path(), look.body(), look.parts()).inspect((type, payload) ->
            found[0] |= (type & MessageType.WITH_HANDLES) != 0 && look.isIn(payload));
        return found[0] || !status.damage().isEmpty(); // behind the damage may be anything
    }
}
