package io.millrace.process;

import java.io.Serializable;

/**
 * A task with its arguments.
 *
 * @param function a {@link JvmTask} or one of its kin that takes as many arguments as there are
 */
record BoundTask(Serializable function, Object... arguments) implements JvmTask {
    @Override
    public void run() throws Exception {
        call(function, arguments);
    }

    /** The types were right where the task was bound. */
    @SuppressWarnings("unchecked")
    private static <A, B, C, D> void call(Object function, Object... arguments) throws Exception {
        switch (arguments.length) {
            case 0 -> ((JvmTask) function).run();
            case 1 -> ((Of1<A>) function).run((A) arguments[0]);
            case 2 -> ((Of2<A, B>) function).run((A) arguments[0], (B) arguments[1]);
            case 3 -> ((Of3<A, B, C>) function).run((A) arguments[0], (B) arguments[1], (C) arguments[2]);
            case 4 -> ((Of4<A, B, C, D>) function).run((A) arguments[0], (B) arguments[1], (C) arguments[2],
                (D) arguments[3]);
            default -> throw new IllegalStateException("arguments of a task: actual " + arguments.length
                + ", expected 0 to 4");
        }
    }
}
