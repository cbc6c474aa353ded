package io.millrace.domain;

import io.millrace.format.Layout;

/** Where everything is in the body of a shared object, in front of what its kind adds. */
final class ObjectLayout {
    static final int USERS = 1024;
    /** Bytes of the lock that each object has. */
    static final int LOCK_LENGTH = 16;

    /** Without the list of users, which is long. */
    static final Layout FRONT = front().build();

    static final Layout LAYOUT = front()
        .alignTo(Layout.CACHE_LINE_PAIR)
        .bytesField("users", USERS * UserList.ENTRY_LENGTH, "by CAS",
            "two int64 for each handle: bits 0 to 25 the owner id, above them which of its entries, 62: of a copy in a"
                + " message, 63: that is put; 0: nobody. Then for a copy the tag of what its message is in")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .build();

    static final int DOMAIN_HIGH = LAYOUT.offsetOf("domainHigh");
    static final int DOMAIN_LOW = LAYOUT.offsetOf("domainLow");
    static final int CREATOR = LAYOUT.offsetOf("creator");
    static final int SERIAL = LAYOUT.offsetOf("serial");
    static final int LIFETIME = LAYOUT.offsetOf("lifetime");
    static final int STATE = LAYOUT.offsetOf("state");
    static final int LOCK = LAYOUT.offsetOf("lock");
    static final int USER_LIST = LAYOUT.offsetOf("users");

    private ObjectLayout() { }

    private static Layout.Builder front() {
        return Layout.named("shared object")
            .longField("domainHigh", "creator, once", "id of the domain, high half")
            .longField("domainLow", "creator, once", "id of the domain, low half")
            .intField("creator", "creator, once", "owner id of the participant that made it")
            .intField("serial", "creator, once", "which of its objects; with the creator the tag of its parts")
            .intField("lifetime", "creator, once", "0: until it is removed; 1: until its last user is gone")
            .alignTo(Layout.CACHE_LINE_PAIR)
            .longField("state", "by CAS", "bit 0: removed; the rest changes with every further user")
            .bytesField("lock", LOCK_LENGTH, "by CAS, and its holder", "the lock of the object: see below");
    }
}
