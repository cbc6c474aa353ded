/**
 * Rings of records in shared memory. They never block and never call the system: operations whose name begins with
 * {@code try} say no instead of waiting. Waiting is {@code io.millrace.wait}'s business.
 *
 * <p>A ring knows no process. It stores owner ids, which mean nothing to it, and asks the caller's predicate whether an
 * owner is dead; see {@link io.millrace.ring.Owner}.
 */
package io.millrace.ring;
