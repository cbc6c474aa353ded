package io.millrace.ring;

import io.millrace.domain.Domain;
import io.millrace.domain.SharedObject;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import io.millrace.testing.ParentJvm;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A JVM that uses the chain of rings of a queue, fills a ring, and stops where a ring is made, linked or removed: the
 * store of its rings is what stops it.
 */
public final class ChainChild {
    private static final ParentJvm PARENT = new ParentJvm();

    private ChainChild() { }

    private record StoppingStore(RingStore store, String point) implements RingStore {
        @Override
        public MpmcRing create(int id, MpmcGeometry geometry, int creator) throws IOException {
            MpmcRing ring = store.create(id, geometry, creator);
            stopAt("created", point);
            return ring;
        }

        @Override
        public MpmcRing open(int id) throws IOException {
            return store.open(id);
        }

        @Override
        public void remove(int id) throws IOException {
            stopAt("unlinking", point);
            store.remove(id);
        }
    }

    private static void stopAt(String here, String point) {
        if (here.equals(point)) {
            PARENT.stopAt(point);
        }
    }

    /**
     * Arguments: the point, the domain, the queue, where in its body the chain's anchor is, and the type of the
     * messages that it writes, which are empty. Says how many it left before it gets to the point.
     */
    public static void main(String[] arguments) throws Exception {
        String point = arguments[0];
        SharedObject object =
            SharedObject.open(Domain.join(Path.of(arguments[1])), arguments[2], new SegmentKind("queue", 1, 1));
        Region anchor = object.body().slice(Integer.parseInt(arguments[3]), RingChain.anchorLength());
        int type = Integer.parseInt(arguments[4]);
        RingChain chain = RingChain.open(anchor,
            new StoppingStore(new FileRingStore(id -> object.parts().file("ring-" + id)), point));

        MpmcRing first = chain.firstRing();
        MpmcProducer producer = first.producer(object.owner());
        int written = 0;
        while (producer.tryWrite(type, new byte[0], 0, 0)) {
            written++;
        }
        boolean emptied = point.equals("unlinking");
        PARENT.say(String.valueOf(emptied ? 0 : written));
        chain.growth().grow(first, producer.space(), object.owner());
        stopAt("linked", point);
        first.consumer(object.owner()).read((messageType, payload) -> { }, written);
        chain.retire();
        throw new AssertionError("passed " + point);
    }
}
