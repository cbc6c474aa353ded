package io.millrace.process;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a child is told about itself.
 *
 * @param name what it is called
 * @param daemon whether it ends with its parent
 * @param parentName what its parent is called
 * @param properties system properties that the parent has
 */
record Details(String name, boolean daemon, String parentName, Map<String, String> properties) {
    /** Without Java's serialization: an empty child starts faster if it need not load that. */
    byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, name);
            out.writeBoolean(daemon);
            write(out, parentName);
            out.writeInt(properties.size());
            for (Map.Entry<String, String> property : properties.entrySet()) {
                write(out, property.getKey());
                write(out, property.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // does not happen in memory
        }
        return bytes.toByteArray();
    }

    static Details decoded(byte[] bytes) throws IOException {
        Reader in = new Reader(bytes);
        String name = in.text();
        boolean daemon = in.flag();
        String parentName = in.text();
        Map<String, String> properties = new LinkedHashMap<>();
        for (int rest = in.number(); rest > 0; rest--) {
            properties.put(in.text(), in.text());
        }
        return new Details(name, daemon, parentName, properties);
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** What a DataInputStream does; that one sets up handles for each type of number that it never uses. */
    private static final class Reader {
        private final byte[] bytes;
        private int position;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean flag() throws IOException {
            return bytes[advance(1)] != 0;
        }

        int number() throws IOException {
            int start = advance(Integer.BYTES);
            int value = 0;
            for (int i = start; i < position; i++) {
                value = value << Byte.SIZE | Byte.toUnsignedInt(bytes[i]);
            }
            return value;
        }

        String text() throws IOException {
            int length = number();
            return new String(bytes, advance(length), length, StandardCharsets.UTF_8);
        }

        /** Where the next so many bytes begin. */
        private int advance(int length) throws IOException {
            if (length < 0 || length > bytes.length - position) {
                throw new IOException("text in a launch record: actual " + length + " bytes, expected 0 to "
                    + (bytes.length - position));
            }
            position += length;
            return position - length;
        }
    }
}
