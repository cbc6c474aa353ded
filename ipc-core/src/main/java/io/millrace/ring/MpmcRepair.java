package io.millrace.ring;

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
    private final Owner self;
    private final int deliveriesMax;
    private int repaired;
    private int knownOwner;
    private boolean knownDead;

    MpmcRepair(MpmcRecords records, Owner self, int deliveriesMax) {
        this.records = records;
        this.self = self;
        this.deliveriesMax = deliveriesMax;
    }

    /** Walks over all records once; returns how many it mended. */
    int runOverAll() {
        return run(true);
    }

    /**
     * Walks over what keeps others waiting: all that is in hand, up to the first record that only waits for a consumer.
     *
     * @return how many it mended
     */
    int runToHead() {
        return run(false);
    }

    private int run(boolean all) {
        repaired = self.hands().putDownAbandoned();
        long at = records.reclaimAll(); // or a walk over what is done would be made again and again by who waits long
        long end = at + records.granules();
        long head = records.positionIn(records.hint(MpmcLayout.HEAD));
        boolean waiting = false;
        while (at < end) {
            long word = records.word(at);
            if (!records.isCurrent(at)) {
                at = records.reclaimed();
            } else if (!ControlWord.isOfLap(word, records.lap(at)) || ControlWord.state(word) == ControlWord.END) {
                break;
            } else if (ControlWord.hasOwner(word) && isDead(at, word)) {
                mend(at);
            } else if (!all && ControlWord.state(word) == ControlWord.PUBLISHED && at >= head) {
                break;
            } else {
                // Whoever published it again may have died before it could say so.
                waiting |= ControlWord.state(word) == ControlWord.PUBLISHED
                    && at < head;
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
        if (!records.isCurrent(at) || !ControlWord.hasOwner(word) || !isDead(at, word)) {
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
        records.moveUpTo(MpmcLayout.HEAD, at + records.checkedSpan(at, word));
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

    /**
     * To ask may take a system call, and one answer does for a walk: the one for the owner last asked about is kept.
     */
    private boolean isDead(long at, long word) {
        int owner = ControlWord.owner(word);
        if (owner != knownOwner) {
            knownOwner = owner;
            knownDead = testDead(at, word);
        }
        return knownDead;
    }

    /** An owner that cannot be is damage, found by whoever knows the owners. */
    private boolean testDead(long at, long word) {
        try {
            return self.isDead().test(ControlWord.owner(word));
        } catch (IllegalArgumentException e) {
            throw new CorruptRecordException("control word", at, ControlWord.describe(word), e.getMessage());
        }
    }
}
