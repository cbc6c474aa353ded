package io.millrace.ring;

import io.millrace.memory.Region;

/** The smallest MPMC ring, for the stress tests of its words; at a position where words carry the full lap. */
final class StressedMpmcRing {
    static final int GRANULES = 4;
    static final int GRANULE_LENGTH = 32;
    static final long START = (1L << 33) * GRANULES;
    static final long LAP = START / GRANULES;
    static final int TYPE = 7;

    private static final MpmcGeometry GEOMETRY =
        new MpmcGeometry(GRANULES, GRANULE_LENGTH, MpmcRing.DELIVERIES_MAX, 0);

    final Region body = Region.allocate((int) GEOMETRY.bodyLength());
    final MpmcRing ring;

    StressedMpmcRing() {
        GEOMETRY.initialise(body, START, 0);
        ring = MpmcRing.over(body);
    }

    MpmcRecords records() {
        return new MpmcRecords(body, GEOMETRY, body);
    }

    /** A record of one granule at the start. */
    void put(long word) {
        body.putLongVolatile(records().wordOffset(START), word);
    }

    static long done() {
        return ControlWord.withState(ControlWord.padding(LAP, 1), ControlWord.DONE, LAP);
    }

    static long taken(int owner) {
        return ControlWord.withOwner(ControlWord.padding(0, 1), ControlWord.TAKEN, owner, LAP);
    }

    /** A message of two words. */
    static Region message(long first, long second) {
        Region message = Region.allocate(2 * Long.BYTES);
        message.putLongPlain(0, first);
        message.putLongPlain(Long.BYTES, second);
        return message;
    }
}
