/**
 * Who takes part: a directory that holds the shared objects of one application, ids that are never used again, and the
 * kernel's word on who is dead.
 *
 * <p>Start at {@link io.millrace.domain.Domain}. The protocol, with what every death leaves behind, is
 * {@code docs/protocols/domain.md}.
 */
package io.millrace.domain;
