/**
 * Queues between any number of processes: many producers, many competing consumers, any of which may die at any
 * instant.
 *
 * <p>{@link io.millrace.queue.SharedQueue} is the usual one, {@link io.millrace.queue.JoinableQueue} also knows when
 * all of its tasks are done, {@link io.millrace.queue.SimpleQueue} has little more than put and get.
 */
package io.millrace.queue;
