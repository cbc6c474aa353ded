package io.millrace.wait;

/**
 * Something that becomes ready: that has a message, or has ended. Several of them can be waited for at once.
 *
 * <p><b>Who may call it:</b> any thread.
 */
public interface Waitable {
    /** Whether it is ready; changes nothing. */
    boolean isReady();

    /** Raised whenever it may have become ready; always the same object. */
    Signal readySignal();

    /** Called now and then by one who waits: finds out whether it is ready because somebody has died. */
    default void lookForTheDead() { }
}
