package io.millrace.wait;

import io.millrace.memory.NativeAddress;
import io.millrace.memory.Region;
import java.util.List;

/**
 * Sleeps in the kernel until one of several signals is raised, or an interrupt comes. Where the kernel cannot do that,
 * or there are more signals than it takes, parks.
 */
final class AnySleeper extends Sleeper {
    /** What the kernel takes at once. */
    private static final int SIGNALS_MAX = 128;
    /** {@code struct futex_waitv {__u64 val; __u64 uaddr; __u32 flags; __u32 reserved;}}. */
    private static final int ENTRY_LENGTH = 24;
    private static final int ADDRESS = 8;
    private static final int FLAGS = 16;
    /** The word has 32 bits; without FUTEX2_PRIVATE: it is in a mapping that several processes have. */
    private static final int SIZE_U32 = 2;

    private final List<Signal> signals;
    private final ParkingSleeper parking = new ParkingSleeper();
    private final FutexTimeout timeout = new FutexTimeout();
    private Region entries;
    private NativeAddress address;
    private InterruptWake interruptWake;
    private boolean mustPark;

    /** At least one signal. */
    AnySleeper(List<Signal> signals) {
        this.signals = List.copyOf(signals);
    }

    @Override
    int announce() {
        if (mustPark || !canSleep()) {
            return parking.announce();
        }
        for (int i = 0; i < signals.size(); i++) {
            entries.putLongPlain(i * ENTRY_LENGTH, Integer.toUnsignedLong(signals.get(i).announceSleeper()));
        }
        return 0;
    }

    /** Found out at the first sleep, for loading what it needs takes time. */
    private boolean canSleep() {
        if (entries == null) {
            mustPark = VirtualThreads.isCurrent() || signals.size() > SIGNALS_MAX || !Futex.isAvailable();
            if (!mustPark) {
                entries = Region.allocate(signals.size() * ENTRY_LENGTH);
                address = entries.address(0);
                for (int i = 0; i < signals.size(); i++) {
                    entries.putLongPlain(i * ENTRY_LENGTH + ADDRESS, signals.get(i).address().value());
                    entries.putIntPlain(i * ENTRY_LENGTH + FLAGS, SIZE_U32);
                }
            }
        }
        return !mustPark;
    }

    @Override
    void sleep(int announced, long nanos, int sleeps) {
        if (mustPark) {
            parking.sleep(announced, nanos, sleeps);
            return;
        }
        if (interruptWake == null) {
            interruptWake = new InterruptWake(signals.get(0));
        }
        try {
            if (interruptWake.enter()) {
                mustPark = !Futex.sleepOnAny(address, signals.size(), timeout.at(System.nanoTime() + nanos));
            }
        } finally {
            if (!interruptWake.leave()) {
                interruptWake = null;
            }
        }
    }
}
