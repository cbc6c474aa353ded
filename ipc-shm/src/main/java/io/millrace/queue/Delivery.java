package io.millrace.queue;

/**
 * An item, and how often it was delivered before.
 *
 * @param item may be null
 * @param deliveries how often it was taken by a participant that died before the item was over, or that gave it back; 3
 *     stands for 3 or more
 * @param <E> the items
 */
public record Delivery<E>(E item, int deliveries) {
    /** Whether somebody may have seen the item before. */
    public boolean isRedelivered() {
        return deliveries > 0;
    }
}
