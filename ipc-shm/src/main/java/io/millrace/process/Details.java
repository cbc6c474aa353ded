package io.millrace.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
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
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            String name = read(in);
            boolean daemon = in.readBoolean();
            String parentName = read(in);
            Map<String, String> properties = new LinkedHashMap<>();
            for (int rest = in.readInt(); rest > 0; rest--) {
                properties.put(read(in), read(in));
            }
            return new Details(name, daemon, parentName, properties);
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("text in a launch record: actual " + length + " bytes, expected 0 to "
                + in.available());
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
