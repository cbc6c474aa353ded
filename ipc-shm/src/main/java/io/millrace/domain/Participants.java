package io.millrace.domain;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The participants of this copy of the library in this JVM: one for each domain, shared by all handles, given up with
 * the last. Never collected before, whatever becomes of the handles.
 */
final class Participants {
    private static final Map<LockIdentity, Shared> BY_LOCK = new HashMap<>();

    private Participants() { }

    /** The participant of a domain, which joins if it has not; to be released once. */
    static Participant acquire(DomainFiles files) throws IOException {
        synchronized (BY_LOCK) {
            DomainTable table = files.open();
            GroupDomain.check(files.directory(), table);
            Shared shared = BY_LOCK.get(table.lock());
            if (shared == null) {
                shared = new Shared(Participant.join(files, table));
                BY_LOCK.put(shared.participant.lock(), shared);
            } else {
                try (table) {
                    shared.participant.checkTable(table);
                }
            }
            shared.handles++;
            return shared.participant;
        }
    }

    static void release(Participant participant) {
        synchronized (BY_LOCK) {
            Shared shared = BY_LOCK.get(participant.lock());
            if (--shared.handles == 0) {
                BY_LOCK.remove(participant.lock());
                participant.close();
            }
        }
    }

    private static final class Shared {
        final Participant participant;
        int handles;

        Shared(Participant participant) {
            this.participant = participant;
        }
    }
}
