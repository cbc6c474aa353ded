package io.millrace.memory;

/**
 * A view that moves over a region: the owner of the window moves it, whoever gets the view can only use it.
 *
 * <p>This is how a ring hands out one record after the other, each with its own bounds and nothing allocated. A view
 * that somebody keeps shows whatever record the window was moved to last, never memory outside the region.
 *
 * <p><b>Who may call it:</b> one thread.
 */
public final class RegionWindow {
    private final Region parent;
    private final Region view;

    RegionWindow(Region parent) {
        this.parent = parent;
        this.view = parent.newView();
        view.moveTo(parent.base(), 0);
    }

    /** The region that moves. The same object for the window's whole life; empty until the first move. */
    public Region view() {
        return view;
    }

    /**
     * Moves the view.
     *
     * @throws IndexOutOfBoundsException if the part is not inside the parent; the view stays where it was
     */
    public void moveTo(int offset, int length) {
        Region.checkBounds(offset, length, parent.length());
        view.moveTo(parent.base() + offset, length);
    }

    /** Makes the view empty, so that every further access through it throws. */
    public void clear() {
        view.clear();
    }
}
