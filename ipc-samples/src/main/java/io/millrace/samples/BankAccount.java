package io.millrace.samples;

import io.millrace.atomic.SharedBoolean;
import io.millrace.atomic.SharedInt;
import io.millrace.process.JvmProcess;
import java.time.Duration;

/** One child deposits and withdraws, another tells every change. Nobody polls, and nobody holds a lock. */
public final class BankAccount {
    private static final int[] AMOUNTS = {500, -1200, 250, -4000, 50};
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private BankAccount() { }

    private static void clerk(SharedInt balance, SharedBoolean told) throws InterruptedException {
        for (int amount : AMOUNTS) {
            // One step: the balance that is looked at is the one that is changed.
            int before = balance.getAndUpdate(now -> now + amount < 0 ? now : now + amount);
            if (before + amount < 0) {
                System.out.println("Cannot withdraw " + -amount + ": the balance is " + before);
            } else {
                told.await(true, PATIENCE);
                told.set(false);
            }
        }
    }

    private static void watcher(SharedInt balance, SharedBoolean told) throws InterruptedException {
        int seen = balance.get();
        System.out.println("Balance: " + seen);
        told.set(true);
        while (balance.awaitChange(seen, PATIENCE)) {
            int now = balance.get();
            System.out.println((now > seen ? "Deposit: " + (now - seen) : "Withdrawal: " + (seen - now))
                + ", balance: " + now);
            seen = now;
            told.set(true);
        }
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        try (SharedInt balance = SharedInt.create(2000); SharedBoolean told = SharedBoolean.create(false)) {
            JvmProcess watcher = JvmProcess.builder(BankAccount::watcher, balance, told).daemon(true).start();
            told.await(true, PATIENCE);
            told.set(false);
            JvmProcess.start(BankAccount::clerk, balance, told).join();
            watcher.terminate(); // it would wait for a change for ever
            watcher.join();
            System.out.println("At the end: " + balance.get());
        }
    }
}
