/**
 * Waiting: spinning, yielding, backing off, and sleeping in the kernel until another process wakes the sleeper. The
 * one package of the core that reads a clock or parks a thread.
 *
 * <h2>Timeouts</h2>
 * The whole library means the same by a timeout: a value of zero or less tries once and does not wait;
 * {@link java.lang.Long#MAX_VALUE} nanoseconds, or a {@link java.time.Duration} that does not fit into that many
 * nanoseconds, waits for ever. See {@link io.millrace.wait.Timeouts}.
 */
package io.millrace.wait;
