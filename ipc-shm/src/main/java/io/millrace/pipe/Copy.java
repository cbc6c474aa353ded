package io.millrace.pipe;

import io.millrace.domain.UserList;
import java.io.Serializable;
import java.util.UUID;

/**
 * A copy of a handle on its way to another process. It has an entry of its own among the holders of its end, which
 * names the sender until the receiver takes it over: so the end is held all the time, for as long as one of the two
 * lives.
 *
 * @param pipe the name of the pipe
 * @param pipeId tells it from another that has or had that name
 * @param end which of the ends
 * @param index which entry of the holders
 * @param value what that says as long as nobody has taken it over
 */
record Copy(String pipe, UUID pipeId, int end, int index, long value) implements Serializable {
    private static final long serialVersionUID = 1;

    Copy {
        if (end < 0 || end > 1) {
            throw new IllegalArgumentException("end of a pipe: actual " + end + ", expected 0 or 1");
        }
    }

    /** Made by one who holds the end. */
    static Copy of(PipeCore core, int end) {
        UserList.Entry entry = core.end(end).enter(core.owner().id());
        if (entry == null) {
            throw new IllegalStateException("an end of " + core.object() + " is over");
        }
        return of(core, end, entry);
    }

    /** One that has that entry. */
    static Copy of(PipeCore core, int end, UserList.Entry entry) {
        return new Copy(core.object().name(), core.object().creationId(), end, entry.index(), entry.value());
    }

    UserList.Entry entry() {
        return new UserList.Entry(index, value);
    }

    /** Ends the copy, if nobody has taken it over. */
    void drop(PipeCore core) {
        core.end(end).leave(entry());
        core.left(end);
    }
}
