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

    static void add(SharedObject object) {
        OPEN.add(object);
    }

    static void remove(SharedObject object) {
        OPEN.remove(object);
    }

    private static void leaveAll() {
        for (SharedObject object : OPEN) {
            try {
                object.leave();
            } catch (RuntimeException e) {
                continue; // the next who joins the domain does what could not be done here
            }
        }
    }
}
