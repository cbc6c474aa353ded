package io.millrace.domain;

/**
 * An id and the epoch in which it was handed out. Nobody else gets the same in that epoch, and no epoch ends while
 * somebody whose seat is confirmed holds a lease.
 */
record Seat(int epoch, int id) { }
