package io.millrace.ring;

/**
 * What is fixed about a chain of rings when it is made.
 *
 * @param capacity of the first ring's data area in bytes, at least 1024 granules; rounded up to a power of two
 * @param granuleLength in bytes, a power of two from 16 to 65536
 * @param deliveriesMax 1 to 3: a record is dropped when so many owners in a row took it and died
 * @param itemsMax limit of the items that nobody has taken, up to 2^29 - 1, or 0 for none
 * @param bytesMax limit of the bytes of all rings' data areas together, at least the capacity
 */
public record ChainOptions(int capacity, int granuleLength, int deliveriesMax, int itemsMax, long bytesMax) {
    /** The greatest limit of items. */
    public static final int ITEMS_MAX = (1 << MpmcGeometry.ITEM_BITS_MAX - 1) - 1;

    /**
     * The usual: 1 MiB first, up to 1 GiB together, granules of 32 bytes, up to three deliveries, no limit of items.
     */
    public static final ChainOptions DEFAULT =
        new ChainOptions(RingChain.CAPACITY, MpmcRing.GRANULE_LENGTH, MpmcRing.DELIVERIES_MAX, 0, 1L << 30);

    /** Checks the ranges. */
    public ChainOptions {
        MpmcGeometry.of(capacity, granuleLength, deliveriesMax, MpmcGeometry.ITEM_BITS_MAX);
        if (itemsMax < 0 || itemsMax > ITEMS_MAX) {
            throw new IllegalArgumentException(
                "limit of items: actual " + itemsMax + ", expected 1 to " + ITEMS_MAX + ", or 0 for none");
        }
        if (bytesMax < capacity) {
            throw new IllegalArgumentException("limit of bytes: actual " + bytesMax
                + ", expected at least the capacity of the first ring, " + capacity);
        }
    }

    /** With another limit of items. */
    public ChainOptions withItemsMax(int items) {
        return new ChainOptions(capacity, granuleLength, deliveriesMax, items, bytesMax);
    }

    /** With another limit of bytes. */
    public ChainOptions withBytesMax(long bytes) {
        return new ChainOptions(capacity, granuleLength, deliveriesMax, itemsMax, bytes);
    }

    /** With another limit of deliveries. */
    public ChainOptions withDeliveriesMax(int deliveries) {
        return new ChainOptions(capacity, granuleLength, deliveries, itemsMax, bytesMax);
    }

    /** With a first ring of another size. */
    public ChainOptions withCapacity(int bytes) {
        return new ChainOptions(bytes, granuleLength, deliveriesMax, itemsMax, bytesMax);
    }

    MpmcGeometry geometry() {
        return MpmcGeometry.of(capacity, granuleLength, deliveriesMax, MpmcGeometry.ITEM_BITS_MAX);
    }
}
