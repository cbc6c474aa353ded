/**
 * The benchmark harness: fresh JVMs, a few scenarios, many subjects, every message checked by its receiver.
 *
 * <p>{@link io.millrace.bench.Bench} is the way in. It starts a pair of JVMs, or a single one, for every row and trial;
 * they run {@link io.millrace.bench.PeerMain}.
 */
package io.millrace.bench;
