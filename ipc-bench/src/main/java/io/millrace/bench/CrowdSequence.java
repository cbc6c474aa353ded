package io.millrace.bench;

/**
 * The numbers of messages where several producers send: who sent it, and which of its messages it is; or, after the
 * last, how many there were.
 *
 * <pre>
 *   bit 63        set in the message that ends a producer's stream
 *   bits 62..48   the producer, counted from 0
 *   bits 47..0    the number of the message; in the one at the end, how many came before it
 * </pre>
 */
final class CrowdSequence {
    private static final int PRODUCER_SHIFT = 48;
    private static final long NUMBER_MASK = (1L << PRODUCER_SHIFT) - 1;
    private static final long END = Long.MIN_VALUE;

    private CrowdSequence() { }

    static long of(int producer, long number) {
        return (long) producer << PRODUCER_SHIFT | number;
    }

    static long end(int producer, long count) {
        return END | of(producer, count);
    }

    static boolean isEnd(long sequence) {
        return sequence < 0;
    }

    static int producer(long sequence) {
        return (int) ((sequence & ~END) >>> PRODUCER_SHIFT);
    }

    static long number(long sequence) {
        return sequence & NUMBER_MASK;
    }
}
