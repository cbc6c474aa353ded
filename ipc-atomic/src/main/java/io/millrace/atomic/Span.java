package io.millrace.atomic;

import io.millrace.memory.Region;

/**
 * Where cells are.
 *
 * @param region what they are in
 * @param signal offset of the word by which those are woken who wait for a change
 * @param start offset of the first one
 * @param count how many there are
 * @param stride bytes from one to the next, a power of two
 */
record Span(Region region, int signal, int start, int count, int stride) { }
