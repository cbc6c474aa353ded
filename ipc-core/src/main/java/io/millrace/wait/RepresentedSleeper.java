package io.millrace.wait;

import java.util.concurrent.Executor;

/** Parks, while a platform thread sleeps in the kernel for all virtual threads that wait for the signal. */
final class RepresentedSleeper extends Sleeper {
    private final Signal signal;
    private final Executor platformThreads;

    RepresentedSleeper(Signal signal, Executor platformThreads) {
        this.signal = signal;
        this.platformThreads = platformThreads;
    }

    @Override
    int announce() {
        return signal.announceSleeper();
    }

    @Override
    void sleep(int announced, long nanos, int sleeps) {
        signal.proxySleeper(platformThreads).sleep(announced, nanos);
    }
}
