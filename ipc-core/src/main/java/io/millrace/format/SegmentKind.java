package io.millrace.format;

import java.nio.charset.StandardCharsets;

/**
 * What sort of shared object a segment holds, and which versions of its format this program reads.
 *
 * <p>The version counts changes of the format, not releases of the library.
 *
 * @param name 1 to 16 printable ASCII characters without blanks, as stored in the file
 * @param oldestVersion the oldest version that this program opens
 * @param currentVersion the version that this program writes, and the newest that it opens
 */
public record SegmentKind(String name, int oldestVersion, int currentVersion) {
    /** Bytes that a name has room for in the header. */
    static final int NAME_LENGTH_MAX = 16;

    /** Checks the three. */
    public SegmentKind {
        if (!isPrintable(name)) {
            throw new IllegalArgumentException("name of a kind: actual '" + name + "', expected 1 to "
                + NAME_LENGTH_MAX + " printable ASCII characters without blanks");
        }
        if (oldestVersion < 1 || currentVersion < oldestVersion) {
            throw new IllegalArgumentException("versions of kind " + name + ": actual oldest " + oldestVersion
                + ", current " + currentVersion + ", expected 1 <= oldest <= current");
        }
    }

    /** Without a regular expression: every child JVM comes by here, and loading those takes a while. */
    private static boolean isPrintable(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) <= ' ' || name.charAt(i) > '~') {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= NAME_LENGTH_MAX;
    }

    byte[] nameBytes() {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
