package io.millrace.format;

/**
 * One field of a {@link Layout}.
 *
 * @param name as the documents and the dumps show it
 * @param offset in bytes from the start of the layout
 * @param type its width and meaning
 * @param length in bytes
 * @param writer who writes it, and how: the one writing role, or that it is changed by compare-and-set only
 * @param meaning one sentence
 */
public record Field(String name, int offset, Type type, int length, String writer, String meaning) {
    /** How the bytes of a field are to be read. */
    public enum Type {
        /** Signed 32 bits in the byte order of the file, aligned to 4. */
        INT("int32", Integer.BYTES),
        /** Signed 64 bits in the byte order of the file, aligned to 8. */
        LONG("int64", Long.BYTES),
        /** ASCII characters, padded with NUL. */
        ASCII("ascii", Byte.BYTES),
        /** Bytes as they are. */
        BYTES("bytes", Byte.BYTES);

        private final String title;
        private final int alignment;

        Type(String title, int alignment) {
            this.title = title;
            this.alignment = alignment;
        }

        int alignment() {
            return alignment;
        }
    }

    /** The type as the format document writes it, such as {@code int64} or {@code ascii[16]}. */
    public String typeName() {
        return length == type.alignment() ? type.title : type.title + "[" + length + "]";
    }

    /** Offset of the first byte behind the field. */
    public int end() {
        return offset + length;
    }
}
