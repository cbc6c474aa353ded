package io.millrace.ring;

import io.millrace.format.CorruptSegmentException;
import io.millrace.format.Segment;
import io.millrace.memory.Region;

/**
 * What is fixed about an MPMC ring when it is made.
 *
 * @param granules how many, a power of two
 * @param granuleLength in bytes, a power of two
 * @param deliveriesMax a record that so many owners took and died is dropped
 * @param itemBits how many low bits of the hints count items; 0 where nobody asks how many there are
 */
record MpmcGeometry(int granules, int granuleLength, int deliveriesMax, int itemBits) {
    static final int GRANULES_MIN = 1 << 10;
    static final int GRANULE_LENGTH_MIN = 16;
    static final int GRANULE_LENGTH_MAX = 1 << 16;
    static final int ITEM_BITS_MAX = 30;

    /** Of a ring whose data area has at least the given capacity. */
    static MpmcGeometry of(long capacity, int granuleLength, int deliveriesMax, int itemBits) {
        if (!isPowerOfTwo(granuleLength, GRANULE_LENGTH_MIN, GRANULE_LENGTH_MAX)) {
            throw new IllegalArgumentException("length of a granule: actual " + granuleLength
                + " bytes, expected a power of two from " + GRANULE_LENGTH_MIN + " to " + GRANULE_LENGTH_MAX);
        }
        long least = (long) GRANULES_MIN * granuleLength;
        long most = Long.highestOneBit(Segment.BODY_LENGTH_MAX) / 2;
        if (capacity < least || capacity > most) {
            throw new IllegalArgumentException("capacity of a ring with granules of " + granuleLength
                + " bytes: actual " + capacity + " bytes, expected " + least + " to " + most);
        }
        if (deliveriesMax < 1 || deliveriesMax > ControlWord.DELIVERIES_MAX) {
            throw new IllegalArgumentException("limit of deliveries: actual " + deliveriesMax + ", expected 1 to "
                + ControlWord.DELIVERIES_MAX);
        }
        long floor = Long.highestOneBit(capacity);
        long rounded = floor == capacity ? floor : floor << 1;
        return new MpmcGeometry((int) (rounded / granuleLength), granuleLength, deliveriesMax, itemBits);
    }

    MpmcGeometry withCapacity(int capacity) {
        return new MpmcGeometry(capacity / granuleLength, granuleLength, deliveriesMax, itemBits);
    }

    static MpmcGeometry read(Region body) {
        return new MpmcGeometry(body.getIntPlain(MpmcLayout.GRANULES), body.getIntPlain(MpmcLayout.GRANULE_LENGTH),
            body.getIntPlain(MpmcLayout.DELIVERIES_MAX), body.getIntPlain(MpmcLayout.ITEM_BITS));
    }

    /** Reads what a segment says, and believes it only if it makes sense. */
    static MpmcGeometry readChecked(Segment segment) throws CorruptSegmentException {
        Region body = segment.body();
        if (body.length() < MpmcLayout.RECORDS) {
            throw new CorruptSegmentException(segment.path(),
                "length of the body: actual " + body.length() + ", expected at least " + MpmcLayout.RECORDS);
        }
        MpmcGeometry read = read(body);
        boolean plausible = isPowerOfTwo(read.granules, GRANULES_MIN, Integer.MAX_VALUE)
            && isPowerOfTwo(read.granuleLength, GRANULE_LENGTH_MIN, GRANULE_LENGTH_MAX)
            && read.bodyLength() == body.length()
            && read.deliveriesMax >= 1 && read.deliveriesMax <= ControlWord.DELIVERIES_MAX
            && (read.itemBits == 0 || read.itemBits == ITEM_BITS_MAX);
        if (!plausible) {
            throw new CorruptSegmentException(segment.path(), "geometry: actual " + read + " in a body of "
                + body.length() + " bytes, expected powers of two that fill the body, 1 to "
                + ControlWord.DELIVERIES_MAX + " deliveries, and 0 or " + ITEM_BITS_MAX + " bits for items");
        }
        return read;
    }

    /** Fills the body of a new ring, whose first record and item have these numbers. */
    void initialise(Region body, long position, int items) {
        body.putIntPlain(MpmcLayout.GRANULES, granules);
        body.putIntPlain(MpmcLayout.GRANULE_LENGTH, granuleLength);
        body.putIntPlain(MpmcLayout.DELIVERIES_MAX, deliveriesMax);
        body.putIntPlain(MpmcLayout.ITEM_BITS, itemBits);
        body.putLongPlain(MpmcLayout.TAIL, position << itemBits | items);
        body.putLongPlain(MpmcLayout.HEAD, position << itemBits | items);
        body.putLongPlain(MpmcLayout.RECLAIMED, position);
    }

    long bodyLength() {
        return MpmcLayout.RECORDS + (long) granules * (MpmcLayout.RECORD_LENGTH + granuleLength);
    }

    /** Length of the data area in bytes. */
    int capacity() {
        return granules * granuleLength;
    }

    /** Longest message in bytes: what fits in half the ring but one granule, so that it fits wherever a lap stands. */
    int messageLengthMax() {
        long spanMax = Math.min(granules / 2 - 1, ControlWord.SPAN_MAX);
        return (int) (spanMax * granuleLength);
    }

    private static boolean isPowerOfTwo(int value, int min, int max) {
        return Integer.bitCount(value) == 1 && value >= min && value <= max;
    }
}
