package io.millrace.bench;

import java.util.Locale;

/** How the two sides wait for each other. */
enum WaitMode {
    /** They look again and again, each on a core of its own. */
    SPIN,
    /** They sleep in the kernel. */
    BLOCK;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
