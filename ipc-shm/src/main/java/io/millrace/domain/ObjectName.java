package io.millrace.domain;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The name of a shared object in its domain, and of the files that it has there: NAME for the object itself, and
 * NAME~TAG~PART for its parts. The tag is the object's alone for ever: it has the id of the participant that made it.
 */
record ObjectName(Path directory, String text) {
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}");
    private static final Pattern RESERVED = Pattern.compile("lock|table|lease\\..*");
    private static final String SEPARATOR = "~";

    static ObjectName of(Path directory, String text) {
        if (!isLegal(text)) {
            throw new IllegalArgumentException("name of a shared object: actual '" + text + "', expected 1 to 100 of"
                + " A–Z, a–z, 0–9, '-', '_' and '.', the first no '.', and not lock, table or lease.…");
        }
        return new ObjectName(directory, text);
    }

    static boolean isLegal(String text) {
        return LEGAL.matcher(text).matches() && !RESERVED.matcher(text).matches();
    }

    Path anchor() {
        return directory.resolve(text);
    }

    Path part(String tag, String part) {
        return directory.resolve(partPrefix(tag) + part);
    }

    /** How the file names of all parts with that tag begin. */
    String partPrefix(String tag) {
        return text + SEPARATOR + tag + SEPARATOR;
    }

    @Override
    public String toString() {
        return text;
    }
}
