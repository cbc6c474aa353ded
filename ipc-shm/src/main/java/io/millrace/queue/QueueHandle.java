package io.millrace.queue;

import io.millrace.codec.Codec;
import io.millrace.codec.Codecs;
import io.millrace.domain.ObjectHandle;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import java.io.Serializable;

/** A queue on its way to another process. */
final class QueueHandle extends ObjectHandle {
    private static final long serialVersionUID = 1;

    private final QueueSort sort;
    private final String codecId;
    /** If it is serializable; else it is one of the standard codecs. */
    private final Serializable codec;

    QueueHandle(QueueSort sort, QueueCore<?> core) throws NotSerializableException {
        super(core.object());
        this.sort = sort;
        this.codecId = core.codec().id();
        boolean standard = Codecs.standard(codecId).filter(known -> known == core.codec()).isPresent();
        if (!standard && !(core.codec() instanceof Serializable)) {
            throw new NotSerializableException("codec of " + core.object() + ": actual " + core.codec()
                + ", expected a serializable one or one of Codecs; others open the queue by its name, with theirs");
        }
        this.codec = standard ? null : (Serializable) core.codec();
    }

    private Object readResolve() throws ObjectStreamException {
        try {
            return sort.over(QueueCore.over(opened(sort.kind()), codec()));
        } catch (IOException e) {
            throw failure("queue", e);
        }
    }

    @SuppressWarnings("unchecked") // as it was written
    private Codec<Object> codec() throws InvalidObjectException {
        return (Codec<Object>) (codec != null ? codec : Codecs.standard(codecId)
            .orElseThrow(() -> new InvalidObjectException("no codec " + codecId)));
    }
}
