package io.millrace.pipe;

import io.millrace.domain.Domain;
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

    /** Asks whether there is a message, and receives none. */
    static void pollOnly(Connection receiver) throws Exception {
        if (!receiver.poll(java.time.Duration.ofSeconds(50))) {
            throw new AssertionError("no message came");
        }
    }

    /** Receives for ever. */
    static void receiveForEver(Connection receiver) throws Exception {
        while (true) {
            receiver.receiveBytes();
        }
    }

    /** Receives so many, says whether it keeps the turn, and does nothing more. */
    static void receiveSome(Connection receiver, Connection say, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            receiver.receive();
        }
        say.send(receiver.receiver().toString().contains("keeps it"));
        new java.util.concurrent.CountDownLatch(1).await();
    }

    /** Holds an end, and says so at another one. */
    static void hold(Connection held, Connection say) throws Exception {
        say.send("holding " + held.isWritable());
        new java.util.concurrent.CountDownLatch(1).await();
    }

    static void nothing(Connection held) { }

    /** Accepts one who connects, says so to him, and does nothing more. */
    static void listen(String domain, String name) throws Exception {
        PipeListener listener = Pipe.listen(java.nio.file.Path.of(domain), name);
        listener.accept().send("welcome");
        new java.util.concurrent.CountDownLatch(1).await();
    }

    static void connect(String domain, String name) throws Exception {
        Pipe.connect(java.nio.file.Path.of(domain), name, java.time.Duration.ofDays(1));
    }

    /** Offers a pipe as one who has a key, and goes no further when it is challenged. */
    static void offerAndStop(String domain, String name, Connection say) throws Exception {
        RawConnector connector = RawConnector.offering(java.nio.file.Path.of(domain), name);
        connector.heard();
        say.send("challenged");
        new java.util.concurrent.CountDownLatch(1).await();
    }

    /** Listens, challenges one who offers, and goes no further. */
    static void challengeAndStop(String domain, String name, Connection say) throws Exception {
        java.nio.file.Path directory = java.nio.file.Path.of(domain);
        Connection[] ends = PipeCore.createListener(Domain.join(directory), name).connections();
        say.send("listens");
        Offer offer = Offer.of(ends[0].receiveBytes());
        Connection accepted = PipeCore.adopt(Domain.join(directory), offer.copy());
        Greeting.send(accepted, Greeting.CHALLENGE, AuthenticationKey.newNonce(), 0);
        accepted.receiveBytes();
        say.send("has challenged");
        new java.util.concurrent.CountDownLatch(1).await();
    }

    /** Begins a message for which there is no room, and says so at another end as soon as it has begun. */
    static void sendLong(Connection sender, Connection say) throws Exception {
        say.send("begins");
        sender.sendBytes(new byte[50_000_000]);
    }

    /** Receives one message, and says how long it is and what its bytes sum up to. */
    static void receiveOne(Connection receiver, Connection say) throws Exception {
        byte[] message = receiver.receiveBytes();
        say.send(List.of(message.length, checksum(message)));
    }

    /** Sends a message of that length, and says what its bytes sum up to. */
    static void sendOne(Connection sender, Connection say, int length) throws Exception {
        byte[] message = new byte[length];
        new java.util.Random(length).nextBytes(message);
        sender.sendBytes(message);
        say.send(List.of(length, checksum(message)));
    }

    private static long checksum(byte[] bytes) {
        java.util.zip.CRC32C sum = new java.util.zip.CRC32C();
        sum.update(bytes);
        return sum.getValue();
    }

    /** Receives the beginning of a message, says so, and does nothing more. */
    static void receiveABeginning(Connection receiver, Connection say) throws Exception {
        try {
            receiver.receiveBytes(java.time.Duration.ofMillis(200));
        } catch (java.util.concurrent.TimeoutException e) {
            say.send("has begun");
        }
        new java.util.concurrent.CountDownLatch(1).await();
    }

    /** Fails before it has looked at what it was given. */
    static void closeAtOnce(Connection held) {
        held.close();
        Runtime.getRuntime().halt(3);
    }
}
