/**
 * Cells: single words in shared memory that any number of threads of any number of JVMs change without a lock, so that
 * a process killed in the middle blocks nobody and loses nothing. What Python's {@code multiprocessing.Value} and
 * {@code Array} do under a lock, each operation here does in one step.
 *
 * <h2>Which to take</h2>
 * One value: {@link io.millrace.atomic.SharedLong} and its like. Several of one type:
 * {@link io.millrace.atomic.SharedLongArray} and its like. A number that many add to and few read:
 * {@link io.millrace.atomic.SharedCounter}. Several fields that are read whole:
 * {@link io.millrace.atomic.SharedStruct}, or {@link io.millrace.atomic.SharedStructArray} for many of them. Numbers,
 * texts and bytes that take each other's place: {@link io.millrace.atomic.ShareableList}. Thousands of counters with
 * labels in one file: {@link io.millrace.atomic.Cells}.
 *
 * <h2>Memory consistency effects</h2>
 * A method without a mode in its name is volatile: all such operations on all cells have one order that everybody
 * agrees on, and what precedes a write is visible after a read that sees it. {@code getAcquire} and
 * {@code setRelease} give the second half of that alone. {@code getPlain} and {@code setPlain} give nothing, but tear
 * nothing either. Types narrower than an {@code int} are changed by a CAS on the word around them, which is always
 * volatile; their neighbours in that word are not touched.
 *
 * <h2>Waiting</h2>
 * Every change without a mode in its name wakes those who wait for it, and costs one load more while nobody does.
 * {@code setRelease} and {@code setPlain} wake nobody: who waits sees them at the next other change, or when its
 * slice of sleep ends, after {@link io.millrace.wait.Waiter#SLICE_NANOS} at most. Timeouts are those of
 * {@link io.millrace.wait.Timeouts}. A waiter that is interrupted throws {@link java.lang.InterruptedException}; one
 * whose handle is closed throws {@link java.lang.IllegalStateException}. Nobody can tell that a change will never
 * come because everybody who could make it is dead, so give a timeout.
 *
 * <h2>Arithmetic</h2>
 * Overflow wraps silently, as in Java and in Python's ctypes; a value that is too wide for a narrow cell loses its
 * high bits. Of {@code double} and {@code float}, {@code compareAndSet} compares the bits: a NaN equals the same NaN,
 * and 0.0 does not equal -0.0; {@code getAndMin} and {@code getAndMax} are those of {@link java.lang.Math}.
 *
 * <h2>Where they are</h2>
 * Shared objects are made in a domain by the {@link io.millrace.atomic.CellHome} that {@code ipc-shm} brings. Without
 * it there is {@link io.millrace.atomic.Cells} in a file of one's own.
 */
package io.millrace.atomic;
