package io.millrace.wait;

/**
 * A full fence that one thread makes for all others, in whatever process: so that of two who must each write a word and
 * then look at the other's, the one who does it often needs no fence, and the one who does it once makes it for both.
 *
 * <p>The one who does it often writes, keeps the compiler from changing the order by
 * {@link io.millrace.memory.Region#acquireFence}, and looks. The other writes, {@linkplain #issue issues} a fence, and
 * looks. Then one of the two finds what the other has written: whatever the first had written before the fence
 * reached it, it shows; and if it had not written yet, it will find the other's word when it looks.
 *
 * <p><b>Who may call it:</b> any thread.
 *
 * <p><b>Memory consistency effects:</b> between the call of {@code issue} and its return there is an instant in each
 * thread of each registered process at which all its accesses before are done, as others see them, and none behind is.
 *
 * <p><b>Death:</b> nothing is left behind, and nobody is waited for.
 *
 * <p><b>Cost:</b> the first {@code register} of a process up to tens of milliseconds, as the native library is loaded
 * and the kernel waits for all processors; {@code issue} a few microseconds and an interrupt to each processor that
 * runs a registered process.
 */
public interface RemoteFence {
    /** By the kernel: {@code membarrier(2)} of Linux, from 4.16 on. */
    static RemoteFence byKernel() {
        return Membarrier.INSTANCE;
    }

    /** Makes this process one whose threads are reached; whether it is. Once is enough. */
    boolean register();

    /** Makes the fence; false if that is not possible here, and then there is none. */
    boolean issue();
}
