package io.millrace.domain;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The handles of this JVM that are open; those that still are when it ends are left, so that no file stays behind. */
final class OpenObjects {
    private static final Set<SharedObject> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(OpenObjects::leaveAll, "millrace-leave"));
    }

    private OpenObjects() { }

    /** Sees to it that the end of the JVM is noticed. */
    static void register() {
        // The initialiser of this class has done it.
    }

    /** Lets the objects of a domain look for what the dead have left. */
    static void announceDeath(Participant participant) {
        for (SharedObject object : OPEN) {
            if (object.isOf(participant)) {
                try {
                    object.lookForTheDead();
                } catch (RuntimeException e) {
                    continue; // it was closed or removed meanwhile; or its users will find what is wrong with it
                }
            }
        }
    }

    static void add(SharedObject object) {
        OPEN.add(object);
    }

    static void remove(SharedObject object) {
        OPEN.remove(object);
    }

    private static void leaveAll() {
        ExitActions.run();
        for (SharedObject object : OPEN) {
            try {
                object.leave();
            } catch (RuntimeException e) {
                continue; // the next who joins the domain does what could not be done here
            }
        }
    }
}
