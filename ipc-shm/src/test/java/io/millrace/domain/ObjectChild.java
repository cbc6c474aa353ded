package io.millrace.domain;

import io.millrace.format.Segment;
import io.millrace.format.SegmentKind;
import io.millrace.testing.ParentJvm;
import java.nio.file.Path;

/** A JVM that makes one object and stops there, to be killed; says its owner id first. */
final class ObjectChild {
    static final SegmentKind KIND = new SegmentKind("test-object", 1, 1);
    static final String PART = "extra";

    private ObjectChild() { }

    /** Arguments: the directory, whether to stop before the object has its name, and the name or none. */
    public static void main(String[] arguments) throws Exception {
        ParentJvm parent = new ParentJvm();
        boolean stopsHalfway = Boolean.parseBoolean(arguments[1]);
        String name = arguments.length > 2 ? arguments[2] : null;
        Domain domain = Domain.join(Path.of(arguments[0]));
        parent.say(Integer.toString(domain.ownerId()));
        SharedObject object = SharedObject.create(domain, name, KIND, Long.BYTES, (body, parts) -> {
            Segment.create(parts.file(PART), KIND, Long.BYTES, part -> { }).close();
            if (stopsHalfway) {
                parent.stopAt("stopped");
            }
        });
        parent.stopAt("stopped");
        object.close();
    }
}
