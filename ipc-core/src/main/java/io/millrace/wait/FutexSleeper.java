package io.millrace.wait;

/** Sleeps in the kernel, from which a raise of any process wakes it, or an interrupt. */
final class FutexSleeper extends Sleeper {
    private final Signal signal;
    private final FutexTimeout timeout = new FutexTimeout();
    private InterruptWake interruptWake;

    FutexSleeper(Signal signal) {
        this.signal = signal;
    }

    @Override
    int announce() {
        return signal.announceSleeper();
    }

    @Override
    void sleep(int announced, long nanos, int sleeps) {
        if (interruptWake == null) {
            interruptWake = new InterruptWake(signal);
        }
        try {
            if (interruptWake.enter()) {
                Futex.sleep(signal.address(), announced, timeout.of(nanos));
            }
        } finally {
            if (!interruptWake.leave()) {
                interruptWake = null;
            }
        }
    }
}
