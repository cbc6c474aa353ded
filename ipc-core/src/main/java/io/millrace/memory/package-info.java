/**
 * Shared bytes: regions over mapped files, and the only code that touches Agrona's buffers, {@code VarHandle},
 * {@code MappedByteBuffer} or an address.
 *
 * <p>Everything else in the library reads and writes through {@link io.millrace.memory.Region}, so this package is
 * where bounds, alignment and memory order are decided, once.
 */
package io.millrace.memory;
