package io.millrace.domain;

/**
 * An id and the epoch in which it was handed out. Nobody else gets the same in that epoch, and no epoch ends while
 * somebody who was handed out an id in it holds a lease.
 */
record Seat(long epoch, int id) { }
