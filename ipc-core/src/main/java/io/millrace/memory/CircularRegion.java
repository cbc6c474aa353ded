package io.millrace.memory;

/**
 * A part of a {@link Region} that positions go round in: those that differ by its length are one place. So there is no
 * position outside of it, and an access to a word costs no check of bounds and alignment. It has one view, which moves
 * over what lies between the words. For rings.
 *
 * <p><b>Who may call it:</b> any thread for the words; one thread for the view.
 *
 * <p><b>Memory consistency effects, close and death of a peer:</b> as of {@link Region}, method by method.
 */
public abstract class CircularRegion {
    // Where the first byte is, as the back-end counts.
    private final long base;
    private final int length;
    private final int wordMask;
    // Keeps the mapping alive, too.
    private final Region view;

    /** So many bytes of a region, from that place on. */
    CircularRegion(Region region, long base, int length) {
        this.view = region.newView();
        view.moveTo(base, 0);
        this.base = base;
        this.length = length;
        this.wordMask = length - Long.BYTES;
    }

    /**
     * So many bytes of a region, from that offset on.
     *
     * @param length a power of two, at least 8
     * @throws IndexOutOfBoundsException if they are not inside the region
     * @throws IllegalArgumentException if the length is none of these, or the first word misaligned
     */
    public static CircularRegion over(Region region, int offset, int length) {
        if (length < Long.BYTES || Integer.bitCount(length) != 1) {
            throw new IllegalArgumentException(
                "length of a circular region: actual " + length + " bytes, expected a power of two from " + Long.BYTES);
        }
        Region.checkBounds(offset, length, region.length());
        return region.circularAt(region.alignedPlace(offset, Long.BYTES), length);
    }

    /** Reads the word that the position is in; later accesses stay behind it. */
    public abstract long getLongAcquire(long position);

    /** Writes the word that the position is in. */
    public abstract void putLongPlain(long position, long value);

    /** Writes the word that the position is in; earlier accesses stay before it. */
    public abstract void putLongRelease(long position, long value);

    /**
     * Moves the view to what begins behind a word.
     *
     * @param position of that word
     * @param viewLength no longer than to the end of the circle
     * @throws IndexOutOfBoundsException if it is longer, or below zero; the view stays where it was
     */
    public final void moveView(long position, int viewLength) {
        int start = wordIndex(position) + Long.BYTES;
        if (viewLength < 0 || viewLength > length - start) {
            throw new IndexOutOfBoundsException(
                "view of " + viewLength + " bytes at " + start + " of a circular region of " + length);
        }
        view.moveTo(base + start, viewLength);
    }

    /** The view, which moves. The same object for ever; empty until the first move. */
    public final Region view() {
        return view;
    }

    /** Makes the view empty, so that every further access through it throws. */
    public final void clearView() {
        view.clear();
    }

    final int wordIndex(long position) {
        return (int) position & wordMask;
    }

    /** Where the word is that the position is in. */
    final long wordPlace(long position) {
        return base + wordIndex(position);
    }

    @Override
    public String toString() {
        return "CircularRegion[" + length + " bytes]";
    }
}
