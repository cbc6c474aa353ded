package io.millrace.pipe;

import io.millrace.queue.SharedQueue;
import java.util.Arrays;

/** What a child is in the middle of when it is killed: between {@link #begin} and {@link #end}. */
final class CrashWork {
    static final int LONG = 150_000;

    private CrashWork() { }

    static void begin() { }

    static void end() { }

    static byte[] longMessage() {
        byte[] message = new byte[LONG];
        Arrays.fill(message, (byte) 7);
        return message;
    }

    static void sendFirst(Connection sender) throws Exception {
        begin();
        sender.sendBytes(new byte[] {0});
        end();
    }

    static void sendThird(Connection sender) throws Exception {
        sender.sendBytes(new byte[] {0});
        sender.sendBytes(new byte[] {1});
        begin();
        sender.sendBytes(new byte[] {2});
        end();
    }

    static void writeThird(Connection sender) throws Exception {
        try (MessageWriter writer = sender.writer()) {
            for (byte i = 0; i < 3; i++) {
                if (i == 2) {
                    begin();
                }
                writer.claim(1).putBytePlain(0, i);
                writer.send();
            }
            end();
        }
    }

    static void sendLong(Connection sender) throws Exception {
        sender.sendBytes(new byte[] {0});
        begin();
        sender.sendBytes(longMessage());
        end();
    }

    static void receive(Connection receiver) throws Exception {
        receiver.receiveBytes();
        begin();
        receiver.receiveBytes();
        end();
    }

    static void close(Connection connection) throws Exception {
        connection.sendBytes(new byte[] {0});
        connection.receiveBytes();
        begin();
        connection.close();
        end();
    }

    static void put(Connection connection, SharedQueue<Object> queue) throws Exception {
        queue.put("before");
        begin();
        queue.put(connection);
        connection.close();
        end();
    }

    static void get(SharedQueue<Object> queue) throws Exception {
        queue.get();
        begin();
        ((Connection) queue.get()).close();
        end();
    }

    static void send(Connection connection, Connection carrier) throws Exception {
        carrier.send("before");
        begin();
        carrier.send(connection);
        connection.close();
        end();
    }

    static void receiveHandle(Connection carrier) throws Exception {
        carrier.receive();
        begin();
        ((Connection) carrier.receive()).close();
        end();
    }
}
