package io.millrace.domain;

import java.util.function.Supplier;

/** What a thread is in the middle of, for what it calls meanwhile; an inner one hides an outer one. */
final class Scope<T> {
    private final ThreadLocal<T> current = new ThreadLocal<>();

    /** What the calling thread is in the middle of; null if of nothing. */
    T current() {
        return current.get();
    }

    /** Does something in the middle of this. */
    <R> R run(T inner, Supplier<R> action) {
        T outer = current.get();
        current.set(inner);
        try {
            return action.get();
        } finally {
            if (outer == null) {
                current.remove();
            } else {
                current.set(outer);
            }
        }
    }
}
