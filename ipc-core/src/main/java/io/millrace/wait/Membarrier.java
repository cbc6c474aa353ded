package io.millrace.wait;

/** Linux' {@code membarrier(2)}, for all processes that have registered. */
final class Membarrier implements RemoteFence {
    static final Membarrier INSTANCE = new Membarrier();

    private static final int GLOBAL_EXPEDITED = 2;
    private static final int REGISTER_GLOBAL_EXPEDITED = 4;

    private Membarrier() { }

    @Override
    public boolean register() {
        return Registration.DONE;
    }

    @Override
    public boolean issue() {
        return make(GLOBAL_EXPEDITED);
    }

    /** False where there is no such call, or a container forbids it, or native code cannot be loaded. */
    private static boolean make(int command) {
        try {
            return Number.KNOWN && SystemCall.isAvailable() && SystemCall.make(Number.OF_CALL, command, 0, 0) == 0;
        } catch (LinkageError e) {
            return false;
        }
    }

    private static final class Number {
        static final int OF_CALL = SystemCall.number(324, 283);
        static final boolean KNOWN = OF_CALL != SystemCall.NUMBER_UNKNOWN;
    }

    /** Loaded when this process first registers. */
    private static final class Registration {
        static final boolean DONE = make(REGISTER_GLOBAL_EXPEDITED);
    }
}
