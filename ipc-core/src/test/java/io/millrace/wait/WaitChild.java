package io.millrace.wait;

import io.millrace.memory.MappedFile;
import io.millrace.memory.Region;
import io.millrace.testing.ParentJvm;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** What the other JVM does in {@link WaitTwoJvmTest}. */
final class WaitChild {
    private WaitChild() { }

    /** The first argument names the task, the second a file of shared words, the third a number of rounds. */
    public static void main(String[] arguments) throws Exception {
        ParentJvm parent = new ParentJvm();
        int rounds = Integer.parseInt(arguments[2]);
        try (MappedFile file = MappedFile.open(Path.of(arguments[1]))) {
            parent.say("futex " + Futex.isAvailable());
            switch (arguments[0]) {
                case "answer" -> new PingPong(file.region(), 1).play(rounds);
                case "wait" -> awaitChange(file.region(), parent);
                case "play-alone" -> PingPong.playBetweenThreads(rounds);
                case "sleep" -> sleep(file.region(), parent, rounds);
                default -> throw new IllegalArgumentException("no task " + arguments[0]);
            }
            parent.stopAt("done");
        }
    }

    /** Waits for the second word, by the first. */
    private static void awaitChange(Region shared, ParentJvm parent) throws InterruptedException {
        Waiter waiter = HourSleeper.waiter(new Signal(shared.slice(0, Integer.BYTES)));
        BooleanSupplier changed = () -> shared.getIntAcquire(Integer.BYTES) != 0;
        waiter.await(changed, Timeouts.FOREVER);
        parent.say("changed");
    }

    /** Sleeps for an hour each time; only a signal wakes it. */
    private static void sleep(Region shared, ParentJvm parent, int times) {
        Signal signal = new Signal(shared.slice(0, Integer.BYTES));
        Sleeper sleeper = Sleeper.on(signal, null);
        for (int i = 0; i < times; i++) {
            int announced = signal.announceSleeper();
            parent.say("announced");
            while (shared.getIntVolatile(0) == announced) {
                sleeper.sleep(announced, HourSleeper.NANOS, 0);
            }
            parent.say("woken");
        }
    }
}
