package io.millrace.ring;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All hands of one owner in this process. What was left in a hand that nobody can use any more, because its thread lost
 * control or its handle was forgotten, is put down by whoever is kept waiting.
 */
final class Hands {
    private record Entry(Hand hand, WeakReference<Object> handle) {
        boolean isAbandoned() {
            return hand.abandoned || handle.get() == null;
        }
    }

    private final CopyOnWriteArrayList<Entry> entries = new CopyOnWriteArrayList<>();

    /** A hand is watched for as long as its handle is in use. */
    void add(Hand hand, Object handle) {
        entries.add(new Entry(hand, new WeakReference<>(handle)));
    }

    /** The handle is closed, and its hand is not watched any more: what is left in it is put down first. */
    void remove(Hand hand) {
        if (!hand.isEmpty()) {
            hand.abandoned = true;
            putDownAbandoned();
        }
        entries.removeIf(entry -> entry.hand == hand);
    }

    /** Puts down what was abandoned. Returns how many records that freed. */
    int putDownAbandoned() {
        int count = 0;
        for (Entry entry : entries) {
            if (entry.isAbandoned()) {
                count += putDown(entry);
            }
        }
        return count;
    }

    /** One at a time: the second finds nothing, and no word can come back between its look and its change. */
    private synchronized int putDown(Entry entry) {
        if (!entry.isAbandoned()) {
            return 0;
        }
        List<Hand> all = entries.stream().map(Entry::hand).toList();
        int count = entry.hand.putDown(all) ? 1 : 0;
        if (entry.handle.get() == null) {
            entries.remove(entry);
        }
        return count;
    }
}
