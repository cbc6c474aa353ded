package io.millrace.queue;

import io.millrace.codec.CodecId;
import io.millrace.domain.Domain;
import io.millrace.domain.DomainInspector;
import io.millrace.domain.DomainInspector.Finding;
import io.millrace.domain.SharedObject;
import io.millrace.format.AnnotatedDump;
import io.millrace.format.CorruptSegmentException;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import io.millrace.ring.ChainStatus;
import io.millrace.ring.RingChain;
import io.millrace.wait.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Queues seen from outside: how many items they have, who has some in hand, what is wrong with them. Needs no codec and
 * no participant.
 *
 * <p><b>Who may call it:</b> any thread.
 *
 * <p><b>What is in use</b> shows as it was at some instants of the call, not all at the same one.
 *
 * <p><b>Cost:</b> walks over all that is in the queue.
 */
public final class QueueInspector {
    private QueueInspector() { }

    /**
     * One queue.
     *
     * @param codec the identity of its codec
     * @param itemsMax limit of its items, 0 for none
     * @param bytesMax limit of its bytes
     * @param chain what is in its rings
     * @param findings what is wrong with it
     */
    public record Status(String codec, int itemsMax, long bytesMax, ChainStatus chain, List<Finding> findings) { }

    /** Whether that is the name of a kind of queue. */
    public static boolean isQueue(String kind) {
        return QueueLayout.kindOf(kind) != null;
    }

    /**
     * Looks at a queue, and changes nothing.
     *
     * @throws java.nio.file.NoSuchFileException if there is no object of that name
     * @throws io.millrace.format.SegmentFormatException if it is no queue, or what is fixed about it is damaged
     * @throws IOException if it cannot be read
     */
    public static Status look(DomainInspector domain, String name) throws IOException {
        return domain.read(name, (object, body, parts) -> {
            RingChain chain = chain(domain, object, body, parts);
            QueueFindings findings = new QueueFindings(domain::isDead, object, chain);
            ChainStatus status = findings.look();
            return new Status(CodecId.read(body, QueueLayout.CODEC), chain.itemsMax(), chain.bytesMax(), status,
                findings.list());
        });
    }

    /** The fields and rings of a queue as annotated text; reads only. Its errors are those of {@link #look}. */
    public static String dump(DomainInspector domain, String name) throws IOException {
        return domain.read(name, (object, body, parts) -> {
            RingChain chain = chain(domain, object, body, parts);
            return AnnotatedDump.of(body, 0, QueueLayout.LAYOUT) + chain.dump();
        });
    }

    /**
     * Mends what the dead have left in a queue, as whoever waits for it does: records in their hands go on, and files
     * that no record leads to are removed. Damage stays.
     *
     * @param directory of the domain, which is joined meanwhile
     * @param kind of the queue, such as {@code joinable-queue}
     * @return how much was mended
     * @throws IllegalStateException if a ring is damaged; what comes before the damage is mended
     * @throws IOException if the queue cannot be opened
     */
    public static int repair(Path directory, String name, String kind) throws IOException {
        SegmentKind known = QueueLayout.kindOf(kind);
        if (known == null) {
            throw new IllegalArgumentException("kind of a queue: actual '" + kind + "'");
        }
        try (DomainInspector domain = DomainInspector.open(directory);
            SharedObject object = SharedObject.open(Domain.join(directory), name, known)) {
            RingChain chain = chain(object.path(), object.body(), object.parts());
            int mended = chain.repair(object.owner());
            for (String part : new QueueFindings(object.owner().isDead()::test, domain.object(name), chain).orphans()) {
                if (Files.deleteIfExists(object.parts().file(part))) {
                    mended++;
                }
            }
            if (mended > 0) {
                new Signal(chain.dataSignalWord()).raise();
                new Signal(chain.spaceSignalWord()).raise();
            }
            return mended;
        }
    }

    private static RingChain chain(DomainInspector domain, DomainInspector.ObjectStatus object, Region body,
        SharedObject.Parts parts) throws CorruptSegmentException {
        Path path = domain.directory().resolve(object.name());
        if (!isQueue(object.kind())) {
            throw new CorruptSegmentException(path, "kind: actual " + object.kind() + ", expected one of a queue");
        }
        return chain(path, body, parts);
    }

    static RingChain chain(Path path, Region body, SharedObject.Parts parts) throws CorruptSegmentException {
        if (body.length() != QueueLayout.length()) {
            throw new CorruptSegmentException(path, "length of a queue: actual " + body.length()
                + ", expected " + QueueLayout.length());
        }
        return RingChain.open(QueueCore.anchorIn(body), path, QueueCore.files(parts));
    }
}
