package io.millrace.domain;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file in the directory of a domain is, by its name alone.
 *
 * @param object the name of the object that an anchor or a part is of, else empty
 * @param maker of a part the creator of its object, of a temporary file who makes it; 0 where the name does not say
 * @param serial of a part, with the creator its object's tag
 * @param part name of a part in its object, else empty
 */
record FoundFile(Path path, Sort sort, String object, int maker, int serial, String part) {
    /** What there is. */
    enum Sort {
        /** The lock file, the table. */
        DOMAIN,
        /** Says which process has a lease. */
        NOTE,
        /** The file of an object that bears its name. */
        ANCHOR,
        /** A further file of an object. */
        PART,
        /** A file that does not have its name yet, or whose maker died before it had. */
        TEMPORARY,
        /** None of ours. */
        FOREIGN
    }

    private static final Pattern DOMAIN_FILE = Pattern.compile("lock|table");
    private static final Pattern NOTE = Pattern.compile("lease\\.\\d{1,12}\\.\\d{1,8}");
    private static final Pattern PART = Pattern.compile("(.+)~(\\d{1,8})-(-?\\d{1,9})~([A-Za-z0-9-]+)");
    private static final Pattern MADE = Pattern.compile("\\.(.+)@(\\d{1,8})\\.[0-9a-f-]{36}\\.tmp");
    private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.tmp");
    private static final int PART_GROUP = 4;
    private static final int SERIAL_GROUP = 3;

    static FoundFile of(Path path) {
        String name = path.getFileName().toString();
        Matcher made = MADE.matcher(name);
        if (made.matches()) {
            return new FoundFile(path, Sort.TEMPORARY, "", Integer.parseInt(made.group(2)), 0, "");
        }
        Matcher part = PART.matcher(name);
        if (part.matches() && ObjectName.isLegal(part.group(1))) {
            return new FoundFile(path, Sort.PART, part.group(1), Integer.parseInt(part.group(2)),
                Integer.parseInt(part.group(SERIAL_GROUP)), part.group(PART_GROUP));
        }
        if (ObjectName.isLegal(name)) {
            return new FoundFile(path, Sort.ANCHOR, name, 0, 0, "");
        }
        Sort sort = DOMAIN_FILE.matcher(name).matches() ? Sort.DOMAIN : NOTE.matcher(name).matches() ? Sort.NOTE
            : TEMPORARY.matcher(name).matches() ? Sort.TEMPORARY : Sort.FOREIGN;
        return new FoundFile(path, sort, "", 0, 0, "");
    }

    String name() {
        return path.getFileName().toString();
    }

    /** Of a part: the tag that it has in common with its object. */
    String tag() {
        return SharedObject.tag(maker, serial);
    }
}
