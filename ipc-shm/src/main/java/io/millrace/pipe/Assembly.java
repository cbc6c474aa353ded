package io.millrace.pipe;

import io.millrace.memory.Region;
import java.util.Arrays;

/**
 * A message that comes in parts: what of it is there by now. It is put together in what its receiver wants to have, an
 * array or a region, so that it is copied once; another receiver of the same handle may get it in the end.
 */
final class Assembly {
    private static final int LENGTH_MAX = Integer.MAX_VALUE - Long.BYTES;
    /** A region up to that long is used again. */
    private static final int KEPT_LENGTH_MAX = 1 << 20;

    private final Inbox inbox;
    /** One of the two, or, if no message has begun, none. */
    private byte[] array;
    private Region region;
    private Region kept;
    private int length;
    private int type;
    private int filled;

    Assembly(Inbox inbox) {
        this.inbox = inbox;
    }

    /** Whether a message has begun and not ended. */
    private boolean isOpen() {
        return array != null || region != null;
    }

    void drop() {
        if (inbox.isAmidst()) { // one look for each message
            dropBegun();
        }
    }

    private void dropBegun() {
        if (isOpen()) {
            array = null;
            region = null;
            inbox.end();
        }
    }

    /**
     * Takes the first part of a message, in place of one that never came to its end.
     *
     * @throws OutOfMemoryError if this JVM has no room for it; its other parts are passed over
     */
    void begin(int typeOfFirst, Region part, boolean asArray) {
        drop();
        long whole = part.length() < Long.BYTES ? -1 : part.getLongPlain(0);
        int first = part.length() - Long.BYTES;
        int longest = Math.min(inbox.lengthMax(), LENGTH_MAX);
        if (whole <= first || whole > longest) {
            throw new CorruptMessageException("length of a message whose first part has " + first
                + " bytes", whole, "more than that, up to " + longest);
        }
        length = (int) whole;
        if (asArray) {
            array = new byte[length];
        } else {
            region = room();
        }
        inbox.begin();
        type = RecordType.withoutPart(typeOfFirst);
        filled = 0;
        fill(part, Long.BYTES, first);
    }

    private Region room() {
        if (length > KEPT_LENGTH_MAX) {
            return Region.allocate(length);
        }
        if (kept == null || kept.length() < length) {
            kept = Region.allocate(length);
        }
        return kept;
    }

    private void fill(Region part, int from, int count) {
        if (array != null) {
            part.getBytes(from, array, filled, count);
        } else {
            region.putBytes(filled, part, from, count);
        }
        filled += count;
    }

    /**
     * Takes another part, if it belongs to a message whose beginning was seen.
     *
     * @return whether that was the last part
     */
    boolean add(int typeOfPart, Region part) {
        if (!isOpen()) {
            return false; // somebody else has received the beginning, and died
        }
        int left = length - filled;
        boolean complete = part.length() == left;
        if (RecordType.withoutPart(typeOfPart) != type || part.length() > left
            || complete != RecordType.isLast(typeOfPart)) {
            drop();
            throw new CorruptMessageException("part of a message", part.length(), "at most " + left
                + ", and exactly that of the last one");
        }
        fill(part, 0, part.length());
        return complete;
    }

    /** Passes a message that is complete on, without so many of its last bytes, and forgets it. */
    void passTo(Sink sink, int tail) {
        byte[] message = array;
        Region messageRegion = region;
        drop();
        if (message != null) {
            sink.accept(type, tail == 0 ? message : Arrays.copyOf(message, length - tail));
        } else {
            sink.accept(type, messageRegion.slice(0, length - tail));
        }
    }
}
