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
        LaunchBytes in = new LaunchBytes(bytes);
        String name = in.text();
        boolean daemon = in.flag();
        String parentName = in.text();
        Map<String, String> properties = new LinkedHashMap<>();
        for (int rest = in.count(); rest > 0; rest--) {
            properties.put(in.text(), in.text());
        }
        return new Details(name, daemon, parentName, properties);
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
