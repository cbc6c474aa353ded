package io.millrace.bench.micro;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallContextCache;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import io.millrace.memory.Region;
import io.millrace.ring.Owner;
import io.millrace.ring.RecordHandler;
import io.millrace.ring.SpscConsumer;
import io.millrace.ring.SpscProducer;
import io.millrace.ring.SpscRing;
import io.millrace.wait.Signal;
import io.millrace.wait.Timeouts;
import io.millrace.wait.Waiter;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * What the full fence of {@link Signal#raise} costs a publisher, and what {@code membarrier(2)} would cost a sleeper
 * instead; run by hand for {@code docs/decisions/0010}. Two threads of one JVM, 32 bytes a message, each repetition
 * runs all variants one after the other, so that the machine's mood meets them alike.
 *
 * <p>Usage: {@code RaiseCost [repetitions]}
 */
public final class RaiseCost {
    private static final int CAPACITY = 1 << 20;
    private static final int PAYLOAD = 32;
    private static final int READ_LIMIT = 256;
    private static final long STREAM_MESSAGES = 20_000_000;
    private static final long ROUND_TRIPS = 1_000_000;
    private static final int BARRIERS = 100_000;

    // The numbers of linux/membarrier.h, and of the system call on x86-64.
    private static final long SYSCALL_MEMBARRIER = 324;
    private static final long GLOBAL_EXPEDITED = 2;
    private static final long REGISTER_GLOBAL_EXPEDITED = 4;

    private RaiseCost() { }

    /** How a publisher looks for sleepers. */
    private enum Look {
        NONE {
            @Override
            void raise(Signal signal, Region word) { }
        },
        FULL_FENCE {
            @Override
            void raise(Signal signal, Region word) {
                signal.raise();
            }
        },
        COMPILER_FENCE {
            @Override
            void raise(Signal signal, Region word) {
                VarHandle.acquireFence(); // no instruction on x86; the compiler moves nothing across it
                if ((word.getIntVolatile(0) & 1) != 0) {
                    signal.raise();
                }
            }
        };

        abstract void raise(Signal signal, Region word);
    }

    /** Prints a line for each figure. */
    public static void main(String[] arguments) throws Exception {
        int repetitions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9;
        Look[] looks = Look.values();
        double[][] streams = new double[looks.length][repetitions];
        double[][] roundTrips = new double[looks.length][repetitions];
        double[][] paths = new double[looks.length][repetitions];
        for (int i = -2; i < repetitions; i++) {
            for (Look look : looks) {
                double stream = stream(look);
                double roundTrip = roundTrip(look);
                double path = path(look);
                if (i >= 0) {
                    paths[look.ordinal()][i] = path;
                    streams[look.ordinal()][i] = stream;
                    roundTrips[look.ordinal()][i] = roundTrip;
                }
            }
        }
        for (Look look : looks) {
            print("stream, ns a message, " + look, streams[look.ordinal()]);
        }
        for (Look look : looks) {
            print("round trip, ns, " + look, roundTrips[look.ordinal()]);
        }
        for (Look look : looks) {
            print("one thread writes and reads, ns a message, " + look, paths[look.ordinal()]);
        }
        print("stream, full fence in compiler fences, by repetition", ratios(streams));
        print("round trip, full fence in compiler fences, by repetition", ratios(roundTrips));
        print("one thread, full fence in compiler fences, by repetition", ratios(paths));
        barriers(repetitions);
    }

    private static double[] ratios(double[][] figures) {
        double[] ratios = figures[Look.FULL_FENCE.ordinal()].clone();
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] /= figures[Look.COMPILER_FENCE.ordinal()][i];
        }
        return ratios;
    }

    /** Without cache misses: what the fence adds to the instructions of a message, which is the most it can. */
    private static double path(Look look) {
        SpscRing ring = SpscRing.allocate(CAPACITY);
        SpscProducer producer = ring.producer(Owner.of(1));
        SpscConsumer consumer = ring.consumer(Owner.of(1));
        Region word = ring.dataSignalWord();
        Signal signal = new Signal(word);
        byte[] message = new byte[PAYLOAD];
        long[] sum = new long[1];
        RecordHandler handler = (type, payload) -> sum[0] += payload.getLongPlain(0);
        long start = System.nanoTime();
        for (long i = 0; i < STREAM_MESSAGES; i++) {
            message[0] = (byte) i;
            producer.tryWrite(0, message, 0, PAYLOAD);
            look.raise(signal, word);
            consumer.read(handler, 1);
        }
        if (sum[0] == 0) {
            throw new IllegalStateException("no messages");
        }
        return (double) (System.nanoTime() - start) / STREAM_MESSAGES;
    }

    private static double stream(Look look) throws InterruptedException {
        SpscRing ring = SpscRing.allocate(CAPACITY);
        SpscConsumer consumer = ring.consumer(Owner.of(2));
        Region word = ring.dataSignalWord();
        Signal signal = new Signal(word);
        Thread publisher = publisher(() -> publish(ring, look, signal, word));
        Waiter waiter = Waiter.spinning();
        long[] sum = new long[1];
        RecordHandler handler = (type, payload) -> sum[0] += payload.getLongPlain(0);
        long start = System.nanoTime();
        publisher.start();
        for (long read = 0; read < STREAM_MESSAGES;) {
            read += waiter.await(() -> consumer.read(handler, READ_LIMIT), Timeouts.FOREVER);
        }
        long nanos = System.nanoTime() - start;
        publisher.join();
        if (sum[0] != STREAM_MESSAGES * (STREAM_MESSAGES - 1) / 2) {
            throw new IllegalStateException("messages lost or repeated");
        }
        return (double) nanos / STREAM_MESSAGES;
    }

    private static void publish(SpscRing ring, Look look, Signal signal, Region word) {
        SpscProducer producer = ring.producer(Owner.of(1));
        byte[] message = new byte[PAYLOAD];
        ByteBuffer number = ByteBuffer.wrap(message).order(ByteOrder.nativeOrder());
        for (long i = 0; i < STREAM_MESSAGES; i++) {
            number.putLong(0, i);
            while (!producer.tryWrite(0, message, 0, PAYLOAD)) {
                Thread.onSpinWait();
            }
            look.raise(signal, word);
        }
    }

    private static double roundTrip(Look look) throws InterruptedException {
        Region shared = Region.allocate(512);
        Region word = shared.slice(256, Integer.BYTES);
        Signal signal = new Signal(word);
        Thread echo = publisher(() -> play(shared, 1, look, signal, word));
        long start = System.nanoTime();
        echo.start();
        play(shared, 0, look, signal, word);
        double nanos = (double) (System.nanoTime() - start) / ROUND_TRIPS;
        echo.join();
        return nanos;
    }

    private static void play(Region shared, int side, Look look, Signal signal, Region word) {
        int own = side * 128;
        int other = 128 - own;
        for (int i = 1; i <= ROUND_TRIPS; i++) {
            if (side == 0) {
                shared.putIntRelease(own, i);
                look.raise(signal, word);
            }
            while (shared.getIntAcquire(other) != i) {
                Thread.onSpinWait();
            }
            if (side == 1) {
                shared.putIntRelease(own, i);
                look.raise(signal, word);
            }
        }
    }

    /** What a sleeper would pay, alone and while the other processor publishes; and what it does to the publisher. */
    private static void barriers(int repetitions) throws InterruptedException {
        Type[] types = {Type.SLONG, Type.SLONG, Type.SLONG, Type.SLONG};
        CallContext context = CallContextCache.getInstance().getCallContext(Type.SLONG, types,
            CallingConvention.DEFAULT, false);
        long syscall = Library.getDefault().getSymbolAddress("syscall");
        BooleanSupplier barrier = () -> Invoker.getInstance().invokeN4(context, syscall, SYSCALL_MEMBARRIER,
            GLOBAL_EXPEDITED, 0, 0) == 0;
        double[] unregistered = new double[repetitions];
        double[] alone = new double[repetitions];
        double[] busy = new double[repetitions];
        for (int i = -1; i < repetitions; i++) {
            unregistered[Math.max(i, 0)] = time(barrier);
        }
        if (Invoker.getInstance().invokeN4(context, syscall, SYSCALL_MEMBARRIER, REGISTER_GLOBAL_EXPEDITED, 0, 0)
            != 0) {
            System.out.println("membarrier: registration refused");
            return;
        }
        for (int i = 0; i < repetitions; i++) {
            alone[i] = time(barrier);
        }
        Region shared = Region.allocate(128);
        Thread other = publisher(() -> {
            for (int i = 0; shared.getIntAcquire(64) == 0; i++) {
                shared.putIntRelease(0, i);
            }
        });
        other.start();
        for (int i = 0; i < repetitions; i++) {
            busy[i] = time(barrier);
        }
        shared.putIntRelease(64, 1);
        other.join();
        print("membarrier, ns a call, nobody registered", unregistered);
        print("membarrier, ns a call, registered, the other processor idle", alone);
        print("membarrier, ns a call, registered, the other processor publishes", busy);
    }

    private static double time(BooleanSupplier barrier) {
        long start = System.nanoTime();
        for (int i = 0; i < BARRIERS; i++) {
            if (!barrier.getAsBoolean()) {
                throw new IllegalStateException("membarrier failed");
            }
        }
        return (double) (System.nanoTime() - start) / BARRIERS;
    }

    private static Thread publisher(Runnable work) {
        Thread thread = new Thread(work, "publisher");
        thread.setDaemon(true);
        return thread;
    }

    private static void print(String what, double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        System.out.printf(Locale.ROOT, "%-75s %8.2f (%.2f to %.2f)%n", what, sorted[sorted.length / 2], sorted[0],
            sorted[sorted.length - 1]);
    }
}
