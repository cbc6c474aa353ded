package io.millrace.ring;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** Looks at all rings of a chain without changing anything. */
final class ChainLook {
    private final RingChain chain;

    ChainLook(RingChain chain) {
        this.chain = chain;
    }

    ChainStatus look(RecordHandler unfinished) {
        while (true) {
            List<ChainStatus.Ring> rings = new ArrayList<>();
            List<String> damage = new ArrayList<>();
            Map<Integer, int[]> hands = new TreeMap<>();
            int first = chain.first();
            int id = first;
            while (id != RingChain.NONE && damage.isEmpty()) {
                MpmcRing ring = open(id, damage);
                if (ring != null) {
                    RingLook look = new RingLook(ring, unfinished, hands);
                    rings.add(look.status(id));
                    id = next(id, look, rings, damage);
                } else if (damage.isEmpty() && chain.first() != first) {
                    break; // it was removed since, and the chain begins later now
                } else if (damage.isEmpty()) {
                    damage.add("ring " + id + " of the chain is missing");
                }
            }
            if (id == RingChain.NONE || !damage.isEmpty()) {
                return new ChainStatus(rings, hands.entrySet().stream()
                    .map(hand -> new ChainStatus.InHand(hand.getKey(), hand.getValue()[0], hand.getValue()[1]))
                    .toList(), damage);
            }
        }
    }

    /** The rings as annotated text. */
    String dump() {
        StringBuilder text = new StringBuilder();
        ChainStatus status = look((type, payload) -> { });
        for (int id : status.ids()) {
            MpmcRing ring = chain.ring(id);
            text.append("\nring ").append(id).append('\n').append(ring == null ? "removed\n" : ring.dump());
        }
        status.damage().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private MpmcRing open(int id, List<String> damage) {
        try {
            return chain.ring(id);
        } catch (UncheckedIOException e) {
            damage.add("ring " + id + " cannot be opened: " + e.getCause().getMessage());
            return null;
        }
    }

    private static int next(int id, RingLook look, List<ChainStatus.Ring> rings, List<String> damage) {
        if (look.damage() != null) {
            damage.add("ring " + id + ": " + look.damage());
        } else if (rings.stream().anyMatch(ring -> ring.id() == look.next())) {
            damage.add("ring " + id + " leads back to ring " + look.next());
        }
        return look.next();
    }

    /**
     * Which rings the chain does not lead to, and never will. First it is certain of a ring that nobody links it any
     * more, because it has been linked and is over or because the only one who would is dead; then comes the look at
     * the chain. The other way round it could be linked in between.
     */
    List<Integer> unreachable(Collection<Integer> ids, IntPredicate isDead) {
        TreeSet<Integer> left = new TreeSet<>();
        for (int id : ids) {
            List<String> damage = new ArrayList<>();
            MpmcRing ring = open(id, damage);
            if (ring != null && (isDead(ring.creator(), isDead)
                || new RingLook(ring, (type, payload) -> { }, new TreeMap<>()).isOver())) {
                left.add(id);
            }
        }
        if (left.isEmpty()) {
            return List.of();
        }
        ChainStatus status = look((type, payload) -> { });
        if (!status.damage().isEmpty()) {
            return List.of(); // where it leads to cannot be told
        }
        left.removeAll(status.ids());
        return List.copyOf(left);
    }

    private static boolean isDead(int creator, IntPredicate isDead) {
        try {
            return creator > 0 && isDead.test(creator);
        } catch (IllegalArgumentException e) {
            return false; // nobody ever had that id
        }
    }
}
