package io.millrace.queue;

/**
 * An item that says whose it is and which, and whose contents follow from that.
 *
 * @param producer whose it is, 0 to 2^20 - 1
 * @param number which it is, 0 to 2^32 - 1; the length follows from it
 */
record Parcel(int producer, long number) {
    /** Its contents at an index. */
    byte content(int index) {
        long mixed = (producer * 31L + number) * 0x9E3779B97F4A7C15L + index * 0xBF58476D1CE4E5B9L;
        return (byte) (mixed >>> 56);
    }

    /** How many bytes it has: mostly few, sometimes a page or more. */
    int length() {
        int kind = content(-1) & 0x3F;
        return kind == 0 ? 40_000 : kind < 8 ? 4_000 : 100 + kind;
    }
}
