package io.millrace.format;

import io.millrace.memory.Region;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * The first {@value #LENGTH} bytes of every segment. Their layout is the same in all versions of all kinds, so that
 * any release can say what a file is, even one that it cannot read.
 */
final class SegmentHeader {
    static final int LENGTH = 128;
    static final String MAGIC = "MILLRACE";

    private static final String CREATOR = "creator, once";

    static final Layout LAYOUT = Layout.named("segment header")
        .asciiField("magic", Long.BYTES, "creator, last", "`" + MAGIC + "`: the header is complete")
        .intField("byteOrder", CREATOR, "the number 0x01020304 in the byte order of the file")
        .intField("bodyOffset", CREATOR, "where the body begins: " + LENGTH)
        .asciiField("kind", SegmentKind.NAME_LENGTH_MAX, CREATOR, "what the body holds, such as `spsc-ring`")
        .intField("formatVersion", CREATOR, "version of the body's format, counted for each kind from 1")
        .intField("checksum", CREATOR, "CRC-32 of bytes 8 to 35 followed by bytes 40 to 127")
        .longField("fileLength", CREATOR, "length of the whole file in bytes")
        .bytesField("creationId", 2 * Long.BYTES, CREATOR, "random; tells two files apart that had one name in turn")
        .alignTo(LENGTH)
        .build();

    private static final int MAGIC_OFFSET = LAYOUT.offsetOf("magic");
    private static final int BYTE_ORDER = LAYOUT.offsetOf("byteOrder");
    private static final int BODY_OFFSET = LAYOUT.offsetOf("bodyOffset");
    private static final int KIND = LAYOUT.offsetOf("kind");
    private static final int FORMAT_VERSION = LAYOUT.offsetOf("formatVersion");
    private static final int CHECKSUM = LAYOUT.offsetOf("checksum");
    private static final int FILE_LENGTH = LAYOUT.offsetOf("fileLength");
    private static final int CREATION_ID = LAYOUT.offsetOf("creationId");

    private static final int NATIVE_ORDER_MARK = 0x01020304;
    private static final byte[] MAGIC_BYTES = MAGIC.getBytes(StandardCharsets.US_ASCII);

    private SegmentHeader() { }

    static void write(Region file, SegmentKind kind, UUID creationId) {
        file.putIntPlain(BYTE_ORDER, NATIVE_ORDER_MARK);
        file.putIntPlain(BODY_OFFSET, LENGTH);
        byte[] name = kind.nameBytes();
        file.putBytes(KIND, name, 0, name.length);
        file.putIntPlain(FORMAT_VERSION, kind.currentVersion());
        file.putLongPlain(FILE_LENGTH, file.length());
        byte[] id = ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(creationId.getMostSignificantBits()).putLong(creationId.getLeastSignificantBits()).array();
        file.putBytes(CREATION_ID, id, 0, id.length);
        file.putIntPlain(CHECKSUM, checksum(file));
        file.putBytes(MAGIC_OFFSET, MAGIC_BYTES, 0, MAGIC_BYTES.length);
    }

    /** Checks what the header says, from what no version changes to what one kind alone knows. */
    static void check(Path path, Region file, SegmentKind kind) throws SegmentFormatException {
        checkSegment(path, file);
        checkKind(path, file, kind);
        checkLengths(path, file);
    }

    /** The same for a segment of whichever kind and version. */
    static void checkAny(Path path, Region file) throws SegmentFormatException {
        checkSegment(path, file);
        checkLengths(path, file);
    }

    private static void checkSegment(Path path, Region file) throws SegmentFormatException {
        String start = ascii(file, MAGIC_OFFSET, Math.min(MAGIC_BYTES.length, file.length()));
        if (!start.equals(MAGIC)) {
            throw new NotASegmentException(path, '"' + start + '"');
        }
        if (file.length() < LENGTH) {
            throw new TruncatedSegmentException(path, file.length(), LENGTH);
        }
        int mark = file.getIntPlain(BYTE_ORDER);
        if (mark == Integer.reverseBytes(NATIVE_ORDER_MARK)) {
            ByteOrder here = ByteOrder.nativeOrder();
            ByteOrder other = here == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            throw new ForeignByteOrderException(path, other.toString(), here.toString());
        }
        if (file.getIntPlain(CHECKSUM) != checksum(file)) {
            throw new CorruptSegmentException(path, String.format("checksum of the header: actual %08x, expected %08x",
                checksum(file), file.getIntPlain(CHECKSUM)));
        }
        if (file.getIntPlain(BYTE_ORDER) != NATIVE_ORDER_MARK) {
            throw new CorruptSegmentException(path, String.format("byteOrder: actual %08x, expected %08x",
                file.getIntPlain(BYTE_ORDER), NATIVE_ORDER_MARK));
        }
        String name = kindName(file);
        byte[] stored = new byte[SegmentKind.NAME_LENGTH_MAX];
        file.getBytes(KIND, stored, 0, stored.length);
        // What is not printable shows as a dot, and could pass for a kind that has a dot in its name.
        if (!Arrays.equals(stored, Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), stored.length))) {
            throw new CorruptSegmentException(path, "kind: actual " + HexFormat.of().formatHex(stored)
                + ", expected printable ASCII characters and then NULs");
        }
    }

    private static void checkKind(Path path, Region file, SegmentKind kind) throws SegmentFormatException {
        String name = kindName(file);
        if (!name.equals(kind.name())) {
            throw new WrongKindException(path, name, kind.name());
        }
        int version = file.getIntPlain(FORMAT_VERSION);
        if (version < kind.oldestVersion()) {
            throw new FormatTooOldException(path, version, kind);
        }
        if (version > kind.currentVersion()) {
            throw new FormatTooNewException(path, version, kind);
        }
    }

    private static void checkLengths(Path path, Region file) throws SegmentFormatException {
        if (file.getLongPlain(FILE_LENGTH) != file.length()) {
            throw new TruncatedSegmentException(path, file.length(), file.getLongPlain(FILE_LENGTH));
        }
        if (file.getIntPlain(BODY_OFFSET) != LENGTH) {
            throw new CorruptSegmentException(path,
                "bodyOffset: actual " + file.getIntPlain(BODY_OFFSET) + ", expected " + LENGTH);
        }
    }

    static String kindName(Region file) {
        return ascii(file, KIND, SegmentKind.NAME_LENGTH_MAX);
    }

    static UUID creationId(Region file) {
        byte[] id = new byte[2 * Long.BYTES];
        file.getBytes(CREATION_ID, id, 0, id.length);
        ByteBuffer bytes = ByteBuffer.wrap(id);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** The characters up to the first NUL; what is not printable shows as a dot. */
    static String ascii(Region file, int offset, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            byte character = file.getBytePlain(offset + i);
            if (character == 0) {
                break;
            }
            text.append(character > ' ' && character <= '~' ? (char) character : '.');
        }
        return text.toString();
    }

    private static int checksum(Region file) {
        byte[] header = new byte[LENGTH];
        file.getBytes(0, header, 0, LENGTH);
        CRC32 crc = new CRC32();
        crc.update(header, BYTE_ORDER, CHECKSUM - BYTE_ORDER);
        crc.update(header, FILE_LENGTH, LENGTH - FILE_LENGTH);
        return (int) crc.getValue();
    }
}
