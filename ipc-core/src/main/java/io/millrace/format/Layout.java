package io.millrace.format;

import java.util.ArrayList;
import java.util.List;

/**
 * The fields of one structure in a file, with every offset computed in one place.
 *
 * <p>Code takes its offsets from here, {@code docs/format.md} its tables and {@link AnnotatedDump} its remarks, so
 * none of the three can disagree with another. Immutable.
 */
public final class Layout {
    /**
     * Distance that keeps two words apart: two cache lines, because processors fetch lines in pairs.
     * Agrona and the JDK's {@code @Contended} use the same number.
     */
    public static final int CACHE_LINE_PAIR = 128;

    private final String name;
    private final List<Field> fields;
    private final int length;

    private Layout(Builder builder) {
        this.name = builder.name;
        this.fields = List.copyOf(builder.fields);
        this.length = builder.end;
    }

    /** Starts a layout. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** What the structure is called in the documents. */
    public String name() {
        return name;
    }

    /** The fields by rising offset; bytes between them are padding, and zero. */
    public List<Field> fields() {
        return fields;
    }

    /** Length in bytes, with padding at the end. */
    public int length() {
        return length;
    }

    /**
     * The offset of a field.
     *
     * @throws IllegalArgumentException if there is no field of that name
     */
    public int offsetOf(String fieldName) {
        for (Field field : fields) { // no stream: every child JVM comes by here, and loading those takes milliseconds
            if (field.name().equals(fieldName)) {
                return field.offset();
            }
        }
        throw new IllegalArgumentException("no field '" + fieldName + "' in " + this);
    }

    /** The table that the format document shows. */
    public String toMarkdown() {
        StringBuilder table = new StringBuilder("| offset | field | type | written by | meaning |\n")
            .append("|---|---|---|---|---|\n");
        for (Field field : fields) {
            table.append("| ").append(field.offset()).append(" | `").append(field.name()).append("` | ")
                .append(field.typeName()).append(" | ").append(field.writer()).append(" | ")
                .append(field.meaning()).append(" |\n");
        }
        return table.append("| ").append(length).append(" | *end* | | | |\n").toString();
    }

    @Override
    public String toString() {
        return "Layout[" + name + ", " + fields.size() + " fields, " + length + " bytes]";
    }

    /** Collects fields in the order of their offsets. */
    public static final class Builder {
        private final String name;
        private final List<Field> fields = new ArrayList<>();
        private int end;

        private Builder(String name) {
            this.name = name;
        }

        /** Appends an int. */
        public Builder intField(String fieldName, String writer, String meaning) {
            return append(fieldName, Field.Type.INT, Integer.BYTES, writer, meaning);
        }

        /** Appends a long. */
        public Builder longField(String fieldName, String writer, String meaning) {
            return append(fieldName, Field.Type.LONG, Long.BYTES, writer, meaning);
        }

        /** Appends characters. */
        public Builder asciiField(String fieldName, int length, String writer, String meaning) {
            return append(fieldName, Field.Type.ASCII, length, writer, meaning);
        }

        /** Appends bytes. */
        public Builder bytesField(String fieldName, int length, String writer, String meaning) {
            return append(fieldName, Field.Type.BYTES, length, writer, meaning);
        }

        /** Leaves room up to the next multiple of {@code alignment}, a power of two. */
        public Builder alignTo(int alignment) {
            end = (end + alignment - 1) & -alignment;
            return this;
        }

        /** The finished layout. */
        public Layout build() {
            return new Layout(this);
        }

        private Builder append(String fieldName, Field.Type type, int length, String writer, String meaning) {
            alignTo(type.alignment());
            fields.add(new Field(fieldName, end, type, length, writer, meaning));
            end += length;
            return this;
        }
    }
}
