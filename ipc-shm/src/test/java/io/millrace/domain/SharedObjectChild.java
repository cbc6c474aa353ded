package io.millrace.domain;

import io.millrace.format.Segment;
import io.millrace.format.SegmentKind;
import io.millrace.testing.ParentJvm;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What another JVM does with shared objects: stops at a point, or makes and removes one again and again. */
final class SharedObjectChild {
    static final SegmentKind KIND = new SegmentKind("test-object", 1, 1);
    static final String NAME = "thing";

    private static final ParentJvm PARENT = new ParentJvm();

    private SharedObjectChild() { }

    /** Arguments: the point, the directory of the domain. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        String point = arguments[0];
        switch (point) {
            case "making" -> SharedObject.create(Domain.join(directory), NAME, KIND, Long.BYTES, (body, parts) -> {
                Files.createFile(parts.file("part"));
                PARENT.stopAt(point);
            });
            case "using" -> {
                SharedObject object = create(directory, null);
                PARENT.say(object.name());
                PARENT.stopAt(point);
                throw new AssertionError(object);
            }
            case "removed" -> {
                SharedObject object = create(directory, NAME);
                try (Segment segment = Segment.open(object.path(), KIND)) {
                    new UserList(segment.body(), id -> false, Containers.UNKNOWN).remove();
                }
                PARENT.stopAt(point);
            }
            case "removing" -> {
                SharedObject object = create(directory, NAME);
                Domain domain = Domain.join(directory);
                domain.open().tryExclusively(() -> {
                    try (Segment segment = Segment.open(object.path(), KIND)) {
                        new UserList(segment.body(), id -> false, Containers.UNKNOWN).remove();
                    }
                    ObjectRemoval.removeParts(ObjectName.of(directory, NAME),
                        object.parts().file("x").getFileName().toString().split("~")[1]);
                    PARENT.stopAt(point);
                });
            }
            case "churn" -> PARENT.say(churn(directory, Integer.parseInt(arguments[2])));
            default -> throw new IllegalArgumentException(point);
        }
    }

    static SharedObject create(Path directory, String name) throws IOException {
        return SharedObject.create(Domain.join(directory), name, KIND, Long.BYTES,
            (body, parts) -> Files.createFile(parts.file("part")));
    }

    /** Makes, opens and removes objects of one name; says how often each. */
    static String churn(Path directory, int times) throws IOException {
        int made = 0;
        int opened = 0;
        for (int i = 0; i < times; i++) {
            try (SharedObject object = create(directory, NAME)) {
                made++;
                boolean whole = Files.exists(object.parts().file("part"));
                if (!whole && !isRemoved(object)) {
                    throw new AssertionError("an object without its part");
                }
                object.remove();
            } catch (FileAlreadyExistsException e) {
                opened += openAndRemove(directory);
            }
        }
        return made + " " + opened;
    }

    /** By the other one. */
    private static boolean isRemoved(SharedObject object) {
        try {
            object.checkNotRemoved();
            return false;
        } catch (ObjectRemovedException e) {
            return true;
        }
    }

    private static int openAndRemove(Path directory) throws IOException {
        try (SharedObject object = SharedObject.open(Domain.join(directory), NAME, KIND)) {
            object.remove();
            return 1;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
