package io.millrace.queue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The tasks that a handle got and has not done, the oldest first. */
final class Unfinished<E> {
    private final Deque<Entry<E>> entries = new ArrayDeque<>();

    private record Entry<E>(Thread thread, Task<E> task) { }

    synchronized void add(Task<E> task) {
        entries.addLast(new Entry<>(Thread.currentThread(), task));
    }

    /** The oldest that this thread got, else the oldest of all; null if there is none. */
    synchronized Task<E> removeOldest() {
        for (Iterator<Entry<E>> i = entries.iterator(); i.hasNext();) {
            Entry<E> entry = i.next();
            if (entry.thread == Thread.currentThread()) {
                i.remove();
                return entry.task;
            }
        }
        return entries.isEmpty() ? null : entries.removeFirst().task;
    }
}
