package io.millrace.bench;

import java.util.Arrays;
import java.util.List;

/**
 * What one of several consumers got of several producers. The messages of each producer must come in its order, whole,
 * and without gaps if there is no other consumer; what all consumers got together is verified at the end.
 */
final class CrowdCheck extends PayloadCheck {
    private static final long UNKNOWN = -1;

    private final boolean isAlone;
    private final Runnable onEnd;
    private final long[] last;
    private final long[] counts;
    private final long[] sums;
    private final long[] sent;

    /**
     * A check for one consumer.
     *
     * @param onEnd run when a producer's stream ends
     */
    CrowdCheck(int payloadBytes, Ends ends, Runnable onEnd) {
        super(payloadBytes);
        this.isAlone = ends.consumers() == 1;
        this.onEnd = onEnd;
        this.last = filled(ends.producers());
        this.counts = new long[ends.producers()];
        this.sums = new long[ends.producers()];
        this.sent = filled(ends.producers());
    }

    private static long[] filled(int length) {
        long[] array = new long[length];
        Arrays.fill(array, UNKNOWN);
        return array;
    }

    @Override
    long sequenceOf(long firstWord) {
        int producer = CrowdSequence.producer(firstWord);
        if (producer >= last.length) {
            throw wrong("producer", producer, last.length - 1);
        }
        long number = CrowdSequence.number(firstWord);
        long next = last[producer] + 1;
        if (isAlone ? number != next : number < next) {
            throw wrong("number from producer " + producer, number, next);
        }
        return firstWord;
    }

    @Override
    long sequenceOf(String message) {
        return sequenceOf(TextPayload.number(message));
    }

    @Override
    void passed(long sequence) {
        int producer = CrowdSequence.producer(sequence);
        long number = CrowdSequence.number(sequence);
        if (CrowdSequence.isEnd(sequence)) {
            sent[producer] = number;
            onEnd.run();
        } else {
            last[producer] = number;
            counts[producer]++;
            sums[producer] += number;
            counted();
        }
    }

    /** Throws unless all consumers together got what each producer sent, each message once. */
    static void verify(List<CrowdCheck> checks, int producers) {
        for (int producer = 0; producer < producers; producer++) {
            long sent = UNKNOWN;
            long count = 0;
            long sum = 0;
            for (CrowdCheck check : checks) {
                sent = Math.max(sent, check.sent[producer]);
                count += check.counts[producer];
                sum += check.sums[producer];
            }
            // Modulo 2^64 on both sides, should a run be that long.
            long expectedSum = sent % 2 == 0 ? sent / 2 * (sent - 1) : (sent - 1) / 2 * sent;
            if (count != sent || sum != expectedSum) {
                throw new IllegalStateException("messages from producer " + producer + ": actual " + count
                    + " whose numbers add up to " + sum + ", expected " + sent + " that add up to " + expectedSum);
            }
        }
    }
}
