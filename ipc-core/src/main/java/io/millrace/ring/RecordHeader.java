package io.millrace.ring;

import io.millrace.format.Layout;

/**
 * The control word in front of every record, one aligned {@code long}: its low half is the length of the record with
 * this word and without the bytes that align the next one, its high half the type. Zero: nothing there yet.
 */
final class RecordHeader {
    static final int LENGTH = Long.BYTES;
    static final int ALIGNMENT = Long.BYTES;
    static final long NOT_YET = 0;
    /** The type of a record that only fills the rest of a lap. */
    static final int PADDING = -1;

    static final Layout LAYOUT = layoutOf(0);

    private RecordHeader() { }

    /** The layout of the record that a checked control word speaks for. */
    static Layout layout(long header) {
        return layoutOf(recordLength(header) - LENGTH);
    }

    private static Layout layoutOf(int payloadLength) {
        Layout.Builder layout = Layout.named("record").longField("control", "producer, release",
            "0: nothing there yet; else low 32 bits: length of control and payload; high 32 bits: type, or -1");
        return payloadLength == 0 ? layout.build()
            : layout.bytesField("payload", payloadLength, "producer", "the message").build();
    }

    static long of(int type, int recordLength) {
        return ((long) type << Integer.SIZE) | recordLength;
    }

    static int type(long header) {
        return (int) (header >> Integer.SIZE);
    }

    static int recordLength(long header) {
        return (int) header;
    }

    /** Length that a record takes in the ring. */
    static int aligned(int recordLength) {
        return (recordLength + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /**
     * Checks a word that was read from shared memory.
     *
     * @param index of the record in the data area, whose length is {@code capacity}
     * @return the aligned length, by which a reader may safely move on
     */
    static int check(long header, long position, int index, int capacity) {
        int recordLength = recordLength(header);
        int toEnd = capacity - index;
        int longest = Math.min(toEnd, capacity >>> 1);
        // A message; a word of 0 or more has a type of 0 or more.
        if (header >= 0 && Integer.compareUnsigned(recordLength - LENGTH, longest - LENGTH) <= 0) {
            return aligned(recordLength);
        }
        if (type(header) != PADDING || index == 0 || recordLength != toEnd) {
            throw new CorruptRecordException("control word", position,
                "type " + type(header) + " and length " + recordLength, "type 0 or more and length " + LENGTH + " to "
                    + longest + ", or padding to the end of the lap");
        }
        return aligned(recordLength);
    }
}
