package io.millrace.tools;

import com.fasterxml.jackson.jr.ob.JSON;
import io.millrace.atomic.Cells;
import io.millrace.domain.DomainInspector;
import io.millrace.domain.DomainInspector.Finding;
import io.millrace.domain.DomainInspector.ObjectStatus;
import io.millrace.domain.DomainInspector.Outlook;
import io.millrace.pipe.PipeInspector;
import io.millrace.queue.QueueInspector;
import io.millrace.ring.ChainStatus;
import io.millrace.sync.LockInspector;
import io.millrace.value.DomainCellHome;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One object as the commands show it.
 *
 * @param object what all objects have in common
 * @param queue what a queue has more, or null
 * @param pipe what a pipe has more, or null
 * @param cells what cells have in them; null for what is none
 * @param lock its lock; null if nothing is to be said of that
 * @param findings what is wrong with it
 */
record Look(ObjectStatus object, QueueInspector.Status queue, PipeInspector.Status pipe, List<Cells.Entry> cells,
    LockInspector.Status lock, List<Finding> findings) {
    private static final int SCHEMA = 1;
    private static final String JOINABLE = "joinable-queue";

    /** Looks; what cannot be read is a finding. */
    static Look at(DomainInspector domain, ObjectStatus object) {
        if (object.problem() != null || !isKnown(object)) {
            return new Look(object, null, null, null, null, List.of());
        }
        boolean isQueue = QueueInspector.isQueue(object.kind());
        boolean isPipe = PipeInspector.isPipe(object.kind());
        try {
            LockInspector.Status lock = lock(domain, object);
            if (isPipe) {
                return new Look(object, null, PipeInspector.look(domain, object.name()), null, lock, List.of());
            }
            if (!isQueue) {
                List<Cells.Entry> cells = DomainCellHome.isValue(object.kind())
                    ? DomainCellHome.look(domain, object.name()) : null;
                return new Look(object, null, null, cells, lock, List.of());
            }
            QueueInspector.Status queue = QueueInspector.look(domain, object.name());
            return new Look(object, queue, null, null, lock, queue.findings());
        } catch (IOException | RuntimeException e) {
            String sort = isQueue ? "damaged-queue" : isPipe ? "damaged-pipe"
                : LockInspector.isLock(object.kind()) ? "damaged-lock" : "damaged-cells";
            return new Look(object, null, null, null, null,
                List.of(new Finding(sort, object.name(), Failure.describe(e), Outlook.DAMAGE)));
        }
    }

    /** The lock of what is nothing else; of other objects if somebody holds it, or has died in it. */
    private static LockInspector.Status lock(DomainInspector domain, ObjectStatus object) throws IOException {
        LockInspector.Status lock = LockInspector.look(domain, object.name());
        return lock.owner() != 0 || lock.abandoned() || LockInspector.isLock(object.kind()) ? lock : null;
    }

    private static boolean isKnown(ObjectStatus object) {
        return object.kind() != null
            && (QueueInspector.isQueue(object.kind()) || PipeInspector.isPipe(object.kind())
                || DomainCellHome.isValue(object.kind()) || LockInspector.isLock(object.kind()));
    }

    boolean isKnown() {
        return isKnown(object);
    }

    /** The kind, for people. */
    String kind() {
        return object.kind() == null ? "?" : isKnown() ? object.kind() : object.kind() + " (unknown)";
    }

    /** Tasks that are not done, or -1 for what has none. */
    long unfinished() {
        ChainStatus chain = queue == null ? null : queue.chain();
        return chain == null || !object.kind().equals(JOINABLE) ? -1
            : chain.waiting() + chain.claimed() + chain.taken();
    }

    /** The fields of the document {@code docs/command-line.md}. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", object.name());
        putIfThere(map, "kind", object.kind());
        map.put("known", isKnown());
        putIfThere(map, "problem", object.problem());
        if (object.problem() == null) {
            map.put("lifetime", object.named() ? "named" : "anonymous");
            map.put("removed", object.removed());
            map.put("creator", object.creator());
            map.put("users", object.users());
            map.put("deadUsers", object.deadUsers());
        }
        map.put("since", object.since().toString());
        map.put("bytes", object.bytes());
        map.put("parts", object.parts().size());
        if (queue != null) {
            map.put("queue", queueMap());
        }
        if (pipe != null) {
            map.put("pipe", pipeMap());
        }
        if (cells != null) {
            map.put("cells", cells.stream().map(Look::toMap).toList());
        }
        if (lock != null) {
            map.put("lock", lockMap());
        }
        map.put("findings", findings.stream().map(Look::toMap).toList());
        return map;
    }

    private Map<String, Object> queueMap() {
        ChainStatus chain = queue.chain();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("codec", queue.codec());
        map.put("depth", chain.waiting());
        map.put("beingPut", chain.claimed());
        map.put("taken", chain.taken());
        if (unfinished() >= 0) {
            map.put("unfinished", unfinished());
        }
        map.put("dropped", chain.dropped());
        if (queue.itemsMax() > 0) {
            map.put("itemsMax", queue.itemsMax());
        }
        map.put("bytesMax", queue.bytesMax());
        map.put("rings", chain.rings().stream().map(Look::toMap).toList());
        map.put("hands", chain.hands().stream().map(hand -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("participant", hand.owner());
            one.put("beingPut", hand.claimed());
            one.put("taken", hand.taken());
            return one;
        }).toList());
        return map;
    }

    private Map<String, Object> pipeMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("duplex", pipe.duplex());
        map.put("laneCapacity", pipe.laneCapacity());
        map.put("ends", pipe.ends().stream().map(end -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("over", end.over());
            one.put("holders", end.holders());
            one.put("deadHolders", end.deadHolders());
            if (end.receiver() != 0) {
                one.put("receiver", end.receiver());
            }
            one.put("lanes", end.lanes());
            return one;
        }).toList());
        return map;
    }

    private Map<String, Object> lockMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        if (lock.owner() != 0) {
            map.put("participant", lock.owner());
            map.put("thread", lock.thread());
            map.put("holds", lock.holds());
            map.put("dead", lock.holderIsDead());
        }
        map.put("abandoned", lock.abandoned());
        return map;
    }

    private static Map<String, Object> toMap(Cells.Entry cell) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("label", cell.label());
        map.put("type", cell.type());
        boolean isNumber = cell.value() instanceof Number number && Double.isFinite(number.doubleValue());
        map.put("value", isNumber || cell.value() instanceof Boolean ? cell.value() : cell.value().toString());
        return map;
    }

    private static Map<String, Object> toMap(ChainStatus.Ring ring) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", ring.id());
        map.put("creator", ring.creator());
        map.put("capacity", ring.capacity());
        map.put("used", ring.used());
        map.put("depth", ring.waiting());
        map.put("beingPut", ring.claimed());
        map.put("taken", ring.taken());
        map.put("dropped", ring.dropped());
        return map;
    }

    /** One finding. */
    static Map<String, Object> toMap(Finding finding) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("outlook", finding.outlook().name().toLowerCase(Locale.ROOT));
        map.put("sort", finding.sort());
        map.put("name", finding.name());
        map.put("detail", finding.detail());
        return map;
    }

    /** A document about a domain, with a line feed behind it. */
    static String json(DomainInspector domain, Map<String, Object> content) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("schema", SCHEMA);
        map.put("domain", domain.directory().toString());
        map.put("domainId", domain.id().toString());
        map.putAll(content);
        return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(map) + "\n";
    }

    private static void putIfThere(Map<String, Object> map, String name, Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }
}
