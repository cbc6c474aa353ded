package io.millrace.sync;

import io.millrace.domain.DomainInspector;
import java.io.IOException;

/**
 * Locks seen from outside: who holds them. Needs no participant, and changes nothing.
 *
 * <p><b>Who may call it:</b> any thread.
 */
public final class LockInspector {
    private LockInspector() { }

    /**
     * The lock of one object, at an instant.
     *
     * @param owner owner id of the participant that holds it; 0: nobody
     * @param thread the number of the thread that holds it, in that participant's JVM
     * @param holds how often it holds it
     * @param abandoned whether a holder has died, and nobody has said since that what the lock guards is whole
     * @param holderIsDead whether whoever holds it is dead; then whoever waits for it, or tries, frees it
     */
    public record Status(int owner, long thread, int holds, boolean abandoned, boolean holderIsDead) { }

    /** Whether that is the name of a kind of object that is a lock and nothing else. */
    public static boolean isLock(String kind) {
        return SharedReentrantLock.KIND.name().equals(kind);
    }

    /**
     * Looks at the lock of an object of any kind.
     *
     * @throws java.nio.file.NoSuchFileException if there is no object of that name
     * @throws IllegalArgumentException if it names an owner that never was
     * @throws IOException if it cannot be read
     */
    public static Status look(DomainInspector domain, String name) throws IOException {
        return domain.readLock(name, lock -> {
            LockWord word = new LockWord(lock);
            long seen = word.word();
            int owner = LockWord.ownerOf(seen);
            return new Status(owner, LockWord.threadOf(seen), owner == 0 ? 0 : word.holds(),
                LockWord.isAbandoned(seen), owner != 0 && domain.isDead(owner));
        });
    }
}
