package io.millrace.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Scenario {@code throughput} with several ends: the side that receives. */
final class CrowdReceivers {
    private final Row row;
    private final Plan plan;
    private final List<Link> links;
    private final List<CrowdCheck> checks = new ArrayList<>();
    private final CountDownLatch streams;

    CrowdReceivers(Row row, Plan plan, List<Link> links) {
        this.row = row;
        this.plan = plan;
        this.links = links;
        this.streams = new CountDownLatch(row.ends().producers());
        links.forEach(link -> checks.add(new CrowdCheck(row.payloadBytes(), row.ends(), streams::countDown)));
    }

    /**
     * Measures, then goes on until all streams have ended, and verifies them.
     *
     * @param whenMeasured sees to it that the senders end their streams
     */
    Measurement run(Runnable whenMeasured) throws IOException, InterruptedException {
        Crowd crowd = new Crowd(links.size(), this::receive);
        crowd.work(plan.warmUp());
        Crowd.Moment warm = crowd.moment();
        Crowd.Moment measured;
        do {
            crowd.work(plan.measurement());
            measured = crowd.moment();
        } while (measured.count() == warm.count()); // spinners on a busy machine may not get that far in time
        whenMeasured.run();
        // Messages are taken in the order in which they were sent: with the last end all others are in somebody's hand.
        streams.await();
        crowd.end();
        CrowdCheck.verify(checks, row.ends().producers());
        long count = measured.count() - warm.count();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(Measurement.MESSAGES_PER_SECOND, count / ((measured.nanoTime() - warm.nanoTime()) / 1e9));
        figures.put(Measurement.BYTES_ALLOCATED_PER_OP,
            (double) (measured.allocatedBytes() - warm.allocatedBytes()) / count);
        return new Measurement(figures);
    }

    private void receive(int index, Crowd crowd) throws IOException, InterruptedException {
        Link link = links.get(index);
        CrowdCheck check = checks.get(index);
        boolean failed = true;
        try {
            while (true) {
                link.receive(check, Player.STREAM_LIMIT);
                crowd.count(index, check.received());
            }
        } catch (InterruptedException e) {
            failed = streams.getCount() > 0;
            if (failed) {
                throw e;
            }
        } finally {
            for (int i = 0; failed && i < row.ends().producers(); i++) {
                streams.countDown(); // nobody waits for streams of which this one may have had the end
            }
        }
    }
}
