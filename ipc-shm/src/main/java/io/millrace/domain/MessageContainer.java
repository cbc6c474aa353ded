package io.millrace.domain;

import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntPredicate;

/**
 * A family of shared objects in whose messages handles travel. Those there are, are found by
 * {@link java.util.ServiceLoader}: a participant must be able to look into an object of a kind that it never used.
 *
 * <p><b>Who may call it:</b> any thread.
 */
public interface MessageContainer {
    /** Whether objects of that kind are of this family. */
    boolean isKind(String kind);

    /**
     * As {@link Containers#holds}, for an object of the family which has users, or a name.
     *
     * @throws IOException if it cannot be told
     */
    boolean holds(Look look) throws IOException;

    /**
     * What a look needs; it takes no part in the object.
     *
     * @param ticket of the copy that is looked for
     * @param path of the object
     * @param body what its kind added
     * @param parts gives the files of its parts
     * @param isDead as of {@link Domain#owner}
     * @param containers for what is judged on the way
     */
    record Look(long ticket, Path path, Region body, SharedObject.Parts parts, IntPredicate isDead,
        Containers containers) {

        /** Whether the copy is in the message, which says of itself that it has some. */
        public boolean isIn(Region message) {
            return Tickets.contains(message, ticket);
        }
    }
}
