package io.millrace.queue;

import io.millrace.queue.ParcelLog.Event;
import io.millrace.testing.ParentJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What another JVM does to a queue: one of these tasks, most of which end where the parent kills it. */
final class QueueChild {
    private static final ParentJvm PARENT = new ParentJvm();
    private static final int BATCH = 10;

    private QueueChild() { }

    /** Arguments: the task, whether the queue is joinable, the domain, the queue's name; the rest is the task's. */
    public static void main(String[] arguments) throws Exception {
        QueueSubject subject = QueueSubject.valueOf(arguments[1]);
        Path domain = Path.of(arguments[2]);
        switch (arguments[0]) {
            case "produce" -> {
                try (QueueBase<Parcel> queue = open(subject, domain, arguments[3], new ParcelCodec());
                    ParcelLog log = ParcelLog.open(Path.of(arguments[4]))) {
                    produce(queue, log, Integer.parseInt(arguments[5]), Long.parseLong(arguments[6]));
                }
            }
            case "consume" -> {
                try (ParcelLog log = ParcelLog.open(Path.of(arguments[4]));
                    QueueBase<Parcel> queue = open(subject, domain, arguments[3],
                        new ParcelCodec(parcel -> { }, parcel -> log.add(Event.SEEN, parcel)))) {
                    consume(queue, log);
                }
            }
            case "fill" -> fill(domain);
            default -> stop(arguments[0], subject, domain, arguments[3]);
        }
    }

    private static QueueBase<Parcel> open(QueueSubject subject, Path domain, String name, ParcelCodec codec) {
        return subject.builder(domain, codec).name(name).open();
    }

    /** Puts parcels in whichever way, until there is no room in the log. */
    private static void produce(QueueBase<Parcel> queue, ParcelLog log, int producer, long seed) throws Exception {
        Random random = new Random(seed);
        PARENT.say("ready");
        long number = 0;
        while (log.hasRoom(BATCH)) {
            switch (random.nextInt(20)) {
                case 0 -> {
                    long first = number;
                    number += BATCH;
                    List<Parcel> parcels =
                        LongStream.range(first, number).mapToObj(each -> new Parcel(producer, each)).toList();
                    queue.putAll(parcels);
                    parcels.forEach(parcel -> log.add(Event.PUT, parcel));
                }
                case 1 -> {
                    if (queue.offer(new Parcel(producer, number), Duration.ofNanos(1 + random.nextInt(1_000_000)))) {
                        log.add(Event.PUT, new Parcel(producer, number));
                    }
                    number++;
                }
                default -> {
                    Parcel parcel = new Parcel(producer, number++);
                    queue.put(parcel);
                    log.add(Event.PUT, parcel);
                }
            }
        }
        PARENT.stopAt("done");
    }

    private static void consume(QueueBase<Parcel> queue, ParcelLog log) throws Exception {
        PARENT.say("ready");
        while (log.hasRoom(2)) {
            Delivery<Parcel> delivery = queue.receive();
            log.add(delivery.isRedelivered() ? Event.GOT_AGAIN : Event.GOT, delivery.item());
            if (queue instanceof JoinableQueue<Parcel> tasks) {
                tasks.taskDone();
            }
        }
        PARENT.stopAt("done");
    }

    /** Goes to a point, says so, and stays there. */
    private static void stop(String point, QueueSubject subject, Path domain, String name) throws Exception {
        ParcelCodec codec = new ParcelCodec(
            parcel -> stopAt(point.equals("encoding") && parcel.number() == 7, point),
            parcel -> stopAt(point.equals("decoding"), point));
        QueueBase<Parcel> queue = open(subject, domain, name, codec);
        switch (point) {
            case "encoding" -> {
                for (long number = 5; number <= 7; number++) {
                    queue.put(new Parcel(1, number));
                }
            }
            case "decoding", "waiting" -> {
                PARENT.say("going to " + point);
                queue.get();
            }
            case "holding" -> {
                queue.get();
                queue.get();
                PARENT.stopAt(point);
            }
            case "deleted" -> {
                // As Task.done does it, which is then killed before it says that the record is over.
                Task<Parcel> task = ((JoinableQueue<Parcel>) queue).take();
                try (Stream<Path> files = Files.list(domain)) {
                    Files.delete(files.filter(file -> file.toString().contains("~message-")).findFirst().orElseThrow());
                }
                PARENT.stopAt(point);
                throw new AssertionError(task);
            }
            case "putting-large" -> {
                PARENT.say("going to " + point);
                queue.put(new Parcel(ParcelCodec.LARGE, 5));
            }
            case "joining" -> {
                PARENT.say("going to " + point);
                ((JoinableQueue<Parcel>) queue).join();
            }
            case "got" -> {
                Delivery<Parcel> delivery = queue.receive();
                PARENT.say("got " + delivery.item().number() + " " + delivery.deliveries());
                if (queue instanceof JoinableQueue<Parcel> tasks) {
                    tasks.taskDone();
                }
                PARENT.stopAt(point);
            }
            default -> throw new IllegalArgumentException(point);
        }
        PARENT.stopAt("behind " + point);
    }

    private static void stopAt(boolean here, String point) {
        if (here) {
            PARENT.stopAt(point);
        }
    }

    /** Fills a queue on a small file system. */
    private static void fill(Path domain) throws Exception {
        try (QueueBase<Parcel> queue =
            QueueSubject.SHARED_ONE_HANDLE.builder(domain, new ParcelCodec()).create()) {
            long put = 0;
            while (queue.offer(new Parcel(1, put))) {
                put++;
            }
            try {
                queue.put(new Parcel(1, put), Duration.ofMillis(10));
            } catch (QueueFullException e) {
                PARENT.say(e.getMessage());
            }
            try {
                for (long i = 0; i < 100; i++) {
                    queue.put(new Parcel(ParcelCodec.LARGE, i), Duration.ofMillis(10));
                }
            } catch (java.io.UncheckedIOException | QueueFullException e) {
                PARENT.say(e.toString());
            }
            long got = 0;
            for (Parcel parcel = queue.poll(); parcel != null && parcel.producer() == 1; parcel = queue.poll()) {
                if (parcel.number() != got++) {
                    throw new AssertionError(parcel);
                }
            }
            PARENT.say(got == put ? "all came" : got + " of " + put);
            queue.put(new Parcel(2, 0));
        }
        try (Stream<Path> files = Files.list(domain)) {
            PARENT.stopAt(files.map(file -> file.getFileName().toString()).sorted().toList().toString());
        }
    }
}
