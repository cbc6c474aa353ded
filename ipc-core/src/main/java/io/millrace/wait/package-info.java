/**
 * Waiting: spinning, yielding, backing off, and sleeping in the kernel until another process wakes the sleeper. The
 * one package of the core that reads a clock or parks a thread. And a fence that one thread makes for those of all
 * processes, {@link io.millrace.wait.RemoteFence}.
 *
 * <h2>Timeouts</h2>
 * The whole library means the same by a timeout: a value of zero or less tries once and does not wait;
 * {@link java.lang.Long#MAX_VALUE} nanoseconds, or a {@link java.time.Duration} that does not fit into that many
 * nanoseconds, waits for ever. See {@link io.millrace.wait.Timeouts}.
 *
 * <h2>Without a futex</h2> On systems other than Linux, on processors other than x86-64 and AArch64, where the native
 * library cannot be loaded, and where the system property {@code millrace.futex} is {@code off}, a blocking waiter
 * does not sleep in the kernel: it parks, and looks ever less often, down to once in about a millisecond. Such a JVM
 * cannot make the wake-up call either. So in a JVM beside it that does use the futex, whoever waits for a change made
 * by the one without sleeps until its slice ends: 2 ms at first, {@link io.millrace.wait.Waiter#SLICE_NANOS} at most.
 * It is late, and never hangs.
 */
package io.millrace.wait;
