package io.millrace.domain;

import java.nio.file.Path;

/**
 * Tells copies of this library in one JVM, each of another class loader, of each other: a system property for each
 * domain that any of them has joined, with the kind of their leases and how many they are.
 */
final class JvmMarker {
    private static final String PREFIX = "millrace.joined.";

    private final String property;

    private JvmMarker(String property) {
        this.property = property;
    }

    /**
     * Enters this copy.
     *
     * @throws DomainInUseException if another copy is there, and not both have leases of kind OFD
     */
    static JvmMarker enter(Path directory, LockIdentity lock, LeaseKind kind) throws DomainInUseException {
        JvmMarker marker = new JvmMarker(PREFIX + lock.device() + "." + lock.inode());
        LeaseKind[] other = new LeaseKind[1];
        System.getProperties().compute(marker.property, (key, value) -> {
            Entry entry = Entry.of((String) value);
            if (entry.count == 0 || entry.kind == LeaseKind.OFD && kind == LeaseKind.OFD) {
                return new Entry(kind, entry.count + 1).text();
            }
            other[0] = entry.kind;
            return value;
        });
        if (other[0] != null) {
            throw new DomainInUseException(directory, other[0], kind);
        }
        return marker;
    }

    /** Takes this copy out again. */
    void leave() {
        System.getProperties().computeIfPresent(property, (key, value) -> {
            Entry entry = Entry.of((String) value);
            return entry.count <= 1 ? null : new Entry(entry.kind, entry.count - 1).text();
        });
    }

    private record Entry(LeaseKind kind, int count) {
        static Entry of(String text) {
            if (text == null) {
                return new Entry(LeaseKind.OFD, 0);
            }
            String[] words = text.split(" ");
            return new Entry(LeaseKind.valueOf(words[0]), Integer.parseInt(words[1]));
        }

        String text() {
            return kind.name() + " " + count;
        }
    }
}
