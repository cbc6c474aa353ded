package io.millrace.process;

import java.io.Serializable;

/**
 * What a child JVM runs: an object, a lambda or a method reference that can be serialized, with everything it refers
 * to. Its state in the child is the child's own.
 */
@FunctionalInterface
public interface JvmTask extends Serializable {
    /** Runs in the child, in its main thread. What it throws ends the child with exit code 1. */
    void run() throws Exception;

    /**
     * A task that takes an argument.
     *
     * @param <A> the argument, which must be serializable when it is passed
     */
    @FunctionalInterface
    interface Of1<A> extends Serializable {
        /** Runs in the child. */
        void run(A first) throws Exception;
    }

    /**
     * A task that takes two arguments.
     *
     * @param <A> the first
     * @param <B> the second
     */
    @FunctionalInterface
    interface Of2<A, B> extends Serializable {
        /** Runs in the child. */
        void run(A first, B second) throws Exception;
    }

    /**
     * A task that takes three arguments.
     *
     * @param <A> the first
     * @param <B> the second
     * @param <C> the third
     */
    @FunctionalInterface
    interface Of3<A, B, C> extends Serializable {
        /** Runs in the child. */
        void run(A first, B second, C third) throws Exception;
    }

    /**
     * A task that takes four arguments.
     *
     * @param <A> the first
     * @param <B> the second
     * @param <C> the third
     * @param <D> the fourth
     */
    @FunctionalInterface
    interface Of4<A, B, C, D> extends Serializable {
        /** Runs in the child. */
        void run(A first, B second, C third, D fourth) throws Exception;
    }
}
