package io.millrace.atomic;

import io.millrace.ring.Owner;
import io.millrace.testing.ParentJvm;
import java.nio.file.Path;
import java.util.Arrays;

/** Another JVM that writes a struct or an element of an array and stops in the middle, or writes until it is killed. */
final class StructChild {
    static final int LENGTH = 4096;
    static final int CHILD = 60;
    /** The element that it writes. */
    static final int ELEMENT = 1;
    static final int ELEMENTS = 3;

    private static final ParentJvm PARENT = new ParentJvm();

    /** Where it stops. */
    enum Point { AFTER_CLAIM, HALF_FILLED, BEFORE_PUBLISH, AFTER_PUBLISH }

    private StructChild() { }

    /** Arguments: the file, and the point, or {@code on}; and {@code array} if it is one. */
    public static void main(String[] arguments) throws Exception {
        TestObject object = TestObject.open(Path.of(arguments[0]), Owner.of(CHILD));
        if (arguments[1].equals("on")) {
            SharedStruct struct = SharedStruct.format(LENGTH).over(object);
            PARENT.say("writing");
            while (true) {
                struct.update(buffer -> Arrays.fill(buffer.array(), (byte) (buffer.get(0) + 1)));
            }
        }
        Point point = Point.valueOf(arguments[1]);
        boolean isArray = arguments.length > 2;
        TwoBuffers buffers = isArray ? StructTable.of(object.body(), object.path()).at(ELEMENT)
            : new TwoBuffers(object.body(), LENGTH);
        byte[] value = new byte[LENGTH];
        long claimed = buffers.tryClaim(Owner.of(CHILD));
        stopAt(point, Point.AFTER_CLAIM);
        Arrays.fill(value, 0, LENGTH / 2, (byte) 7);
        buffers.fill(claimed, value);
        stopAt(point, Point.HALF_FILLED);
        Arrays.fill(value, (byte) 7);
        buffers.fill(claimed, value);
        stopAt(point, Point.BEFORE_PUBLISH);
        buffers.publish(claimed);
        stopAt(point, Point.AFTER_PUBLISH);
        PARENT.stopAt("finished");
    }

    private static void stopAt(Point point, Point here) {
        if (point == here) {
            PARENT.stopAt(here.name());
        }
    }
}
