package io.millrace.format;

import io.millrace.memory.QuietChronicle;
import io.millrace.memory.Region;
import net.openhft.chronicle.bytes.HexDumpBytes;

/**
 * Bytes as hexadecimal text with a remark beside each field, for people who look into a file.
 *
 * <p>Reads plainly: of a segment in use it shows each word as it was at some instant, not all words at the same one.
 * Loads chronicle-bytes at the first use. Allocates.
 */
public final class AnnotatedDump {
    static {
        QuietChronicle.load();
    }

    private AnnotatedDump() { }

    /**
     * The fields of one structure, a line or more each; padding is left out.
     *
     * @throws IndexOutOfBoundsException if the structure is not inside the region
     */
    public static String of(Region region, int offset, Layout layout) {
        HexDumpBytes dump = new HexDumpBytes();
        try {
            for (Field field : layout.fields()) {
                byte[] bytes = new byte[field.length()];
                region.getBytes(offset + field.offset(), bytes, 0, bytes.length);
                dump.writeHexDumpDescription(remark(region, offset, field)).write(bytes);
            }
            return layout.name() + "\n" + dump.toHexString();
        } finally {
            dump.releaseLast();
        }
    }

    private static String remark(Region region, int offset, Field field) {
        int at = offset + field.offset();
        String value = switch (field.type()) {
            case INT -> " = " + region.getIntPlain(at);
            case LONG -> " = " + region.getLongPlain(at);
            case ASCII -> " = " + SegmentHeader.ascii(region, at, field.length());
            case BYTES -> "";
        };
        return "@" + field.offset() + " " + field.name() + value;
    }
}
