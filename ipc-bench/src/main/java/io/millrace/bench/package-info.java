/**
 * The benchmark harness: two JVMs, one scenario, many subjects, every message checked by its receiver.
 *
 * <p>{@link io.millrace.bench.Bench} is the way in. It starts a pair of JVMs for every row and trial; the pair runs
 * {@link io.millrace.bench.PeerMain}.
 */
package io.millrace.bench;
