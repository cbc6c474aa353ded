package io.millrace.samples;

import io.millrace.atomic.SharedByteArray;
import io.millrace.process.JvmProcess;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A child reads a message from a shared array of bytes and leaves another one there, which a second child reads. */
public final class ByteArrayMessage {
    private static final int LENGTH = 100;

    private ByteArrayMessage() { }

    private static void readAndWrite(SharedByteArray message) {
        read(message);
        write(message, "second");
    }

    private static void readLater(SharedByteArray message) throws InterruptedException {
        Python.sleep(1);
        // Python's program hopes that a second is enough; here the child waits for what it needs.
        message.await(0, first -> first == 's', Python.seconds(300));
        read(message);
    }

    private static void read(SharedByteArray message) {
        System.out.println("pid: " + JvmProcess.currentProcess().pid() + ", message: "
            + new String(message.value(), StandardCharsets.UTF_8));
    }

    private static void write(SharedByteArray message, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        message.setSlice(1, Arrays.copyOfRange(bytes, 1, bytes.length));
        message.set(0, bytes[0]); // last, for this is what others wait for
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        try (SharedByteArray message = SharedByteArray.create(LENGTH)) {
            message.setValue("first".getBytes(StandardCharsets.UTF_8));
            JvmProcess first = JvmProcess.start(ByteArrayMessage::readAndWrite, message);
            JvmProcess second = JvmProcess.start(ByteArrayMessage::readLater, message);
            first.join();
            second.join();
        }
    }
}
