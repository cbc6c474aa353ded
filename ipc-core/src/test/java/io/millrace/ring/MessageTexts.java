package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.memory.Region;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Messages as texts of one character for each byte, as the contracts of all rings write and read them. */
abstract class MessageTexts {
    static final int TYPE = 7;

    Random random;

    /** A record as it was read. */
    record Received(int type, String text) { }

    /** The read method of any consumer. */
    interface Reading {
        int read(RecordHandler handler, int limit);
    }

    abstract boolean tryWrite(String text);

    abstract Reading reading();

    void write(String... texts) {
        for (String text : texts) {
            assertThat(tryWrite(text)).as("room for '%s'", text).isTrue();
        }
    }

    /** Empty messages until there is no room. */
    int fill() {
        int count = 0;
        while (tryWrite("")) {
            count++;
        }
        return count;
    }

    List<String> read() {
        return texts(readAll(reading()));
    }

    static List<Received> readAll(Reading from) {
        List<Received> received = new ArrayList<>();
        from.read((type, payload) -> received.add(new Received(type, text(payload))), Integer.MAX_VALUE);
        return received;
    }

    static List<String> texts(List<Received> received) {
        return received.stream().map(Received::text).toList();
    }

    String randomText(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(Region payload) {
        byte[] bytes = new byte[payload.length()];
        payload.getBytes(0, bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
