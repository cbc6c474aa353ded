package io.millrace.ring;

import java.util.function.IntPredicate;

/**
 * Mends what the dead left in their hands. Every repair is one CAS on the exact word, by anybody, any number at once.
 *
 * <pre>
 *   claimed by the dead    padding
 *   taken by the dead      published again, one delivery more; or done, when that makes too many
 * </pre>
 */
final class MpmcRepair {
    private final MpmcRecords records;
    private final IntPredicate isDead;
    private final int deliveriesMax;
    private int repaired;
    private int knownOwner;
    private boolean knownDead;

    MpmcRepair(MpmcRecords records, IntPredicate isDead, int deliveriesMax) {
        this.records = records;
        this.isDead = isDead;
        this.deliveriesMax = deliveriesMax;
    }

    /** Walks over all records once; returns how many it mended. */
    int run() {
        long at = records.position(MpmcLayout.RECLAIMED);
        long end = at + records.granules();
        boolean waiting = false;
        while (at < end) {
            long word = records.word(at);
            if (!records.isCurrent(at)) {
                at = records.position(MpmcLayout.RECLAIMED);
            } else if (!ControlWord.isOfLap(word, records.lap(at))) {
                break;
            } else if (ControlWord.hasOwner(word) && isDead(ControlWord.owner(word))) {
                mend(at);
            } else {
                // Whoever published it again may have died before it could say so.
                waiting |= ControlWord.state(word) == ControlWord.PUBLISHED
                    && at < records.position(MpmcLayout.HEAD);
                at += records.checkedSpan(at, word);
            }
        }
        if (waiting) {
            records.announceReturned();
        }
        return repaired;
    }

    /** The word is read again, for only now it is certain that its owner does not change it any more. */
    private void mend(long at) {
        long word = records.word(at);
        if (!records.isCurrent(at) || !ControlWord.hasOwner(word) || !isDead(ControlWord.owner(word))) {
            return;
        }
        long lap = records.lap(at);
        if (ControlWord.state(word) == ControlWord.CLAIMED) {
            if (records.change(at, word, ControlWord.withState(word, ControlWord.PADDING, lap))) {
                repaired++;
            }
            return;
        }
        // A record that is published again must be behind head, or a late helper could move head over it unseen.
        records.help(MpmcLayout.HEAD, at, word);
        boolean drop = ControlWord.deliveries(word) + 1 >= deliveriesMax;
        long mended = drop ? ControlWord.withState(word, ControlWord.DONE, lap) : ControlWord.returned(word, lap);
        if (records.change(at, word, mended)) {
            repaired++;
            if (drop) {
                records.countDropped();
            } else {
                records.announceReturned();
            }
        }
    }

    /** Death is for ever, and to ask may take a system call: the answer for the owner last asked about is kept. */
    private boolean isDead(int owner) {
        if (owner != knownOwner || !knownDead) {
            knownOwner = owner;
            knownDead = isDead.test(owner);
        }
        return knownDead;
    }
}
