package io.millrace.tools;

import io.millrace.codec.Codecs;
import io.millrace.codec.InPlaceCodec;
import io.millrace.domain.Domain;
import io.millrace.domain.SharedObject;
import io.millrace.format.Segment;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import io.millrace.queue.JoinableQueue;
import io.millrace.queue.SharedQueue;
import io.millrace.testing.ParentJvm;
import java.nio.file.Path;

/** A JVM that stops in the middle of something, to be killed there; says its owner id first. */
final class Victim {
    static final SegmentKind KIND = new SegmentKind("test-object", 1, 1);
    static final String STOPPED = "stopped";
    static final int LARGE = 1 << 20;

    private final ParentJvm parent = new ParentJvm();
    private final Path directory;

    private Victim(Path directory) {
        this.directory = directory;
    }

    /** Arguments: the directory of the domain, and what to do. */
    public static void main(String[] arguments) throws Exception {
        Victim victim = new Victim(Path.of(arguments[0]));
        try (Domain domain = Domain.join(victim.directory)) {
            victim.parent.say(Integer.toString(domain.ownerId()));
            switch (arguments[1]) {
                case "taken" -> victim.taken();
                case "claimed" -> victim.claimed();
                case "anonymous" -> victim.anonymous();
                case "half" -> victim.half();
                case "large" -> victim.large();
                default -> throw new IllegalArgumentException(arguments[1]);
            }
        }
    }

    /** Has taken one of three tasks. */
    private void taken() throws Exception {
        JoinableQueue<String> queue = JoinableQueue.<String>builder().domain(directory).name("jobs").maxItems(10)
            .codec(Codecs.utf8()).create();
        queue.put("a");
        queue.put("b");
        queue.put("c");
        String item = queue.take().item();
        parent.stopAt(STOPPED);
        queue.put(item);
    }

    /** Is in the middle of a put: the record is claimed. */
    private void claimed() throws Exception {
        SharedQueue<String> queue = SharedQueue.<String>builder().domain(directory).name("claims")
            .codec(new StoppingCodec(parent)).create();
        queue.put("a");
    }

    private void anonymous() throws Exception {
        SharedQueue<String> queue = SharedQueue.<String>builder().domain(directory).codec(Codecs.utf8()).create();
        queue.put("a");
        parent.stopAt(STOPPED);
        queue.close();
    }

    /** Is in the middle of making an object. */
    private void half() throws Exception {
        SharedObject.create(Domain.join(directory), "half", KIND, Long.BYTES, (body, parts) -> {
            Segment.create(parts.file("part"), KIND, Long.BYTES, part -> { }).close();
            parent.stopAt(STOPPED);
        });
    }

    /** Has written a long message for which there is no room. */
    private void large() throws Exception {
        SharedQueue<byte[]> queue = SharedQueue.<byte[]>builder().domain(directory).name("full").maxItems(2)
            .codec(Codecs.bytes()).create();
        queue.put(new byte[LARGE]);
        queue.put(new byte[1]);
        parent.say(STOPPED);
        queue.put(new byte[LARGE]);
    }

    /** Stops with a claim in hand. */
    private record StoppingCodec(ParentJvm parent) implements InPlaceCodec<String> {
        @Override
        public String id() {
            return "stopping";
        }

        @Override
        public int lengthMax(String item) {
            return Long.BYTES;
        }

        @Override
        public int encodeInPlace(String item, Region target) {
            parent.stopAt(STOPPED);
            return 0;
        }

        @Override
        public String decode(Region message) {
            return "";
        }
    }
}
