package io.millrace.bench;

import java.io.IOException;
import java.util.Map;

/**
 * What one side of a pair does when the two have their turn. The side that sends first leads: it looks at the clock. At
 * the end of a turn no message is under way.
 */
abstract class Player {
    /** How many messages of a stream are received at once, at most. */
    static final int STREAM_LIMIT = 256;

    private static final Measurement NOTHING = new Measurement(Map.of());

    final Link link;
    final TurnEnd end;
    private long forgotten;
    private long allocatedBytes;

    Player(Link link, TurnEnd end) {
        this.link = link;
        this.end = end;
    }

    static Player listening(Row row, Link link, TurnEnd end) {
        return row.scenario() == Scenario.ROUND_TRIP ? new Echo(row, link, end) : new StreamReceiver(row, link, end);
    }

    static Player connecting(Row row, Link link, TurnEnd end) {
        return row.scenario() == Scenario.ROUND_TRIP ? new Pinger(row, link, end) : new StreamSender(link, end);
    }

    /** Plays for so long, which the side that leads sees to, and gives the figures of this turn. */
    final Measurement turn(long nanos) throws IOException, InterruptedException {
        long allocatedBefore = AllocatedBytes.ofThisThread();
        play(nanos);
        allocatedBytes += AllocatedBytes.ofThisThread() - allocatedBefore;
        return figuresOfTurn();
    }

    /** How many messages this side had in its hands since the warm-up. */
    final long messages() {
        return total() - forgotten;
    }

    /** The figures of all turns since the warm-up. */
    final Measurement end() {
        return AllocatedBytes.perMessage(allocatedBytes, messages()).plus(figuresOfAll());
    }

    /** Called after the warm-up: what came before does not count. */
    void forget() {
        forgotten = total();
        allocatedBytes = 0;
    }

    /** Plays a turn. */
    abstract void play(long nanos) throws IOException, InterruptedException;

    /** How many messages this side had in its hands from the beginning. */
    abstract long total();

    Measurement figuresOfTurn() {
        return NOTHING;
    }

    Measurement figuresOfAll() {
        return NOTHING;
    }
}
