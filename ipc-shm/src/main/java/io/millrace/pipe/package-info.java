/**
 * Pipes: two connected ends, at the speed of the cache, with an end of stream that no death hides. The protocol is
 * {@code docs/protocols/pipes.md}.
 */
package io.millrace.pipe;
