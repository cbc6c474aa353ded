package io.millrace.bench;

import java.io.IOException;
import java.util.List;

/** Scenario {@code throughput} with several ends: the side that sends. */
final class CrowdSenders {
    private final Plan plan;
    private final Stop stop;
    private final List<Link> links;

    CrowdSenders(Plan plan, Stop stop, List<Link> links) {
        this.plan = plan;
        this.stop = stop;
        this.links = links;
    }

    /** Sends until it is stopped, which interrupts the calling thread; then each sender ends its stream. */
    Measurement run() throws IOException, InterruptedException {
        Crowd crowd = new Crowd(links.size(), this::send);
        Crowd.Moment warm = null;
        try {
            crowd.work(plan.warmUp());
            warm = crowd.moment();
            // Until the interrupt, also if it is told already: otherwise that could come when the members are joined.
            while (true) {
                crowd.work(plan.measurement());
            }
        } catch (InterruptedException e) {
            if (!stop.isGiven()) {
                throw e;
            }
        }
        Crowd.Moment last = crowd.moment();
        crowd.end();
        return warm == null ? AllocatedBytes.perMessage(0, 0)
            : AllocatedBytes.perMessage(last.allocatedBytes() - warm.allocatedBytes(), last.count() - warm.count());
    }

    private void send(int index, Crowd crowd) throws IOException, InterruptedException {
        Link link = links.get(index);
        long count = 0;
        try {
            while (!Thread.interrupted()) {
                link.send(CrowdSequence.of(index, count));
                count++;
                crowd.count(index, count);
            }
        } catch (InterruptedException e) {
            // It waited for room and has not sent that message.
        }
        link.send(CrowdSequence.end(index, count));
    }
}
