package io.millrace.ring;

import static io.millrace.ring.MpmcSearch.ITEMS;
import static io.millrace.ring.MpmcSearch.ONE_GRANULE;
import static io.millrace.ring.MpmcSearch.TWO_GRANULES;
import static io.millrace.ring.MpmcSearch.geometry;
import static io.millrace.ring.MpmcSearch.take;
import static io.millrace.ring.MpmcSearch.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import io.millrace.ring.MpmcSearch.Access;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/**
 * The ring's own code, every order of its accesses to memory, anybody's death anywhere, repairers included: what was
 * published arrives, once unless it is flagged, whole and in its producer's order; what was not never does; and
 * whatever is left behind, the ring goes on.
 *
 * <p>The smallest rings, at positions where records meet the end of the lap.
 */
class MpmcRingSimulationTest {
    private static MpmcSearch search(int granules, long position, int deaths) {
        return new MpmcSearch(Access.SOUND, granules, position, ONE_GRANULE, deaths);
    }

    private static void searched(long states, String what) {
        System.out.println("searched " + states + " states of: MPMC ring, " + what);
        assertThat(states).isGreaterThan(10_000);
    }

    @Test
    void producersMayDieAnywhereAndBeRepairedByAnybody() {
        searched(search(4, 7, 1)
                .writer("P", 1, 2).writer("Q", 11).reader("C", 2).repairer("RP", "P").run(),
            "2 producers, consumer, repairer, 1 death");
    }

    @Test
    void consumersMayDieAnywhereAndTheirRecordsComeAgain() {
        long states = 0;
        for (long position = 4; position < 8; position++) {
            states += search(4, position, 1).writer("P", 1, 2).reader("C", 1).reader("D", 2)
                .repairer("RC", "C").run();
        }
        searched(states, "producer, 2 consumers, repairer, 1 death");
    }

    @Test
    void producerAndConsumerMayDieBoth() {
        searched(search(4, 6, 2).writer("P", 1, 2).reader("C", 1).reader("D", 1).repairer("RP", "P")
            .repairer("RC", "C").run(), "producer, 2 consumers, 2 repairers, 2 deaths");
    }

    @Test
    void repairersMayMeetAndDieToo() {
        searched(search(4, 5, 2).writer("P", 1).reader("C", 1).reader("D", 1).repairer("RC", "C")
            .repairer("RR", "C").run(), "producer, 2 consumers, 2 repairers of one, 2 deaths");
    }

    @Test
    void aRecordMayKillTwoConsumers() {
        searched(search(4, 7, 2).writer("P", 1).reader("C", 1).reader("D", 1).reader("E", 1).repairer("RC", "C")
            .repairer("RR", "D").run(), "producer, 3 consumers, 2 repairers, 2 deaths");
    }

    @Test
    void aRingThatIsFullAndEmptyInTurnsLosesNothing() {
        long states = 0;
        for (long position = 4; position < 8; position++) {
            states += search(4, position, 1).writer("P", 1, 2, 3, 4, 5).reader("C", 3)
                .repairer("RC", "C").run();
        }
        searched(states, "producer of more than a lap, consumer, repairer, 1 death");
    }

    @Test
    void recordsOfSeveralGranulesMeetTheEndOfTheLap() {
        searched(new MpmcSearch(Access.SOUND, 8, 15, TWO_GRANULES, 1).writer("P", 1).writer("Q", 11)
                .reader("C", 2).run(),
            "2 producers of long records, consumer, 1 death");
    }

    @Test
    void aBatchArrivesAsAWholeOrNotAtAll() {
        long states = 0;
        for (long position = 8; position < 16; position += 2) {
            states += new MpmcSearch(Access.SOUND, 8, position, ONE_GRANULE, 1).batchWriter("P", 1, 2, 3)
                .writer("Q", 11)
                .reader("C", 3).repairer("RP", "P").run();
        }
        searched(states, "producer of a batch, producer, consumer, repairer, 1 death");
    }

    @Test
    void consumersOfABatchMayDie() {
        searched(new MpmcSearch(Access.SOUND, 8, 14, ONE_GRANULE, 2).batchWriter("P", 1, 2).reader("C", 2)
                .reader("D", 2)
            .repairer("RC", "C").repairer("RP", "P").run(), "producer of a batch, 2 consumers, 2 repairers, 2 deaths");
    }

    @Test
    void aLimitOfItemsIsKeptAndNeverShrinks() {
        searched(search(4, 7, 1).limitedWriter("P", 1).limitedWriter("Q", 11).reader("C", 2).repairer("RP", "P").run(),
            "2 producers, at most one item, consumer, repairer, 1 death");
    }

    /** Changes words to some states without looking whether somebody else has changed them. */
    private static final class Blind extends MpmcRecords {
        private final Region body;
        private final int state;

        Blind(Region body, MpmcGeometry geometry, Object ring, int state) {
            super(body, geometry, ring);
            this.body = body;
            this.state = state;
        }

        @Override
        boolean change(long position, long from, long to) {
            if (ControlWord.state(to) != state) {
                return super.change(position, from, to);
            }
            body.putLongVolatile(wordOffset(position), to);
            return true;
        }
    }

    private static void assertFound(MpmcSearch search) {
        assertThatThrownBy(search::run).isInstanceOf(AssertionError.class).hasMessageContaining("order");
    }

    @Test
    void theSearchFindsAClaimThatTwoMayMake() {
        Access blind = (body, geometry, ring) -> new Blind(body, geometry, ring, ControlWord.CLAIMED);
        assertFound(new MpmcSearch(blind, 4, 5, ONE_GRANULE, 0).writer("P", 1).writer("Q", 11).reader("C", 1));
    }

    @Test
    void theSearchFindsARecordThatTwoMayTake() {
        Access blind = (body, geometry, ring) -> new Blind(body, geometry, ring, ControlWord.TAKEN);
        assertFound(new MpmcSearch(blind, 4, 5, ONE_GRANULE, 0).writer("P", 1, 2).reader("C", 1).reader("D", 1));
    }

    @Test
    void theSearchFindsARepairThatDoesNotLookAgain() {
        Access blind = (body, geometry, ring) -> new Blind(body, geometry, ring, ControlWord.PUBLISHED);
        assertFound(new MpmcSearch(blind, 4, 5, ONE_GRANULE, 2).writer("P", 1).reader("C", 1).reader("D", 1)
            .repairer("RC", "C").repairer("RR", "C"));
    }

    @Test
    void spaceIsGivenBackOnlyBehindTheHints() {
        Access forgetful = (body, geometry, ring) -> new MpmcRecords(body, geometry, ring) {
            @Override
            void moveUpTo(int hint, long to) { }
        };
        assertThat(roomAfterAbortedClaims(Access.SOUND)).isTrue();
        assertThatThrownBy(() -> roomAfterAbortedClaims(forgetful)).isInstanceOf(CorruptRecordException.class);
    }

    /** Nobody but the one who gives back their space passes aborted claims, so head stays before them. */
    private static boolean roomAfterAbortedClaims(Access access) {
        Region body = Region.allocate((int) geometry(4).bodyLength());
        geometry(4).initialise(body, 5, ITEMS);
        MpmcProducer producer = access.producer(body, 1);
        for (int i = 0; i < 6; i++) {
            producer.tryClaim(0, ONE_GRANULE).abort();
        }
        return write(producer, 1, ONE_GRANULE) && take(access.consumer(body, 2), new ArrayList<>());
    }
}
