package io.millrace.pipe;

import java.util.List;

/** What the children of the tests do with pipes. */
final class PipeWork {
    private PipeWork() { }

    /** Sums what comes until the stream is over, and says so. */
    static void sum(Connection receiver, Connection mine) throws Exception {
        mine.close();
        try {
            while (true) {
                List<?> numbers = (List<?>) receiver.receive();
                receiver.send((Integer) numbers.get(0) + (Integer) numbers.get(1));
            }
        } catch (EndOfStreamException e) {
            receiver.close();
        }
    }

    static void send(Connection sender, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            sender.send(i);
        }
    }

    /** Sends for ever: short ones, and now and then a long one. */
    static void sendForEver(Connection sender) throws Exception {
        for (int i = 0;; i++) {
            byte[] message = new byte[i % 10 == 0 ? 1_000_000 : 100];
            java.util.Arrays.fill(message, (byte) i);
            sender.sendBytes(message);
        }
    }

    /** Receives for ever. */
    static void receiveForEver(Connection receiver) throws Exception {
        while (true) {
            receiver.receiveBytes();
        }
    }

    /** Holds an end, and says so at another one. */
    static void hold(Connection held, Connection say) throws Exception {
        say.send("holding " + held.isWritable());
        new java.util.concurrent.CountDownLatch(1).await();
    }

    static void nothing(Connection held) { }
}
