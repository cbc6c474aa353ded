package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import io.millrace.testing.Background;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** What the dead leave in their hands, and those who were wrongly taken for dead. */
class MpmcRingRepairTest extends MpmcRingContract {
    private static final int REPAIRERS = 3;
    private static final int ROUNDS = 20;

    @Test
    void aSoundRingNeedsNoRepairAndIsNotChangedByOne() {
        write("a", "b");
        String before = reading.dump();
        assertThat(writing.repair(new Owner(9, id -> true))).isZero();
        assertThat(reading.dump()).isEqualTo(before);
        assertThat(takeAll(consumer)).containsExactly("a", "b");
    }

    @Test
    void nothingOfTheLivingIsRepaired() {
        write("in hand");
        TakenRecord record = consumer.tryTake();
        MpmcClaim claim = claim("claimed");
        assertThat(writing.repair(Owner.of(9))).isZero();
        assertThat(writing.repair(new Owner(9, id -> id != WRITER.id() && id != READER.id()))).isZero();
        claim.commit();
        record.giveBack();
        assertThat(takeAll(consumer)).containsExactly("in hand+1", "claimed");
    }

    @Test
    void theClaimOfADeadOwnerIsSkippedAndWhatIsBehindItArrives() {
        for (int i = 0; i < granules + 1; i++) {
            MpmcProducer dead = writing.producer(WRITER);
            MpmcProducer alive = writing.producer(Owner.of(3));
            tryWrite(dead, "published");
            dead.tryClaim(TYPE, random.nextInt(lengthMax / 2));
            assertThat(tryWrite(alive, "behind")).isTrue();
            assertThat(takeAll(consumer)).containsExactly("published");
            assertThat(reading.repair(SURVIVOR)).isEqualTo(1);
            assertThat(reading.repair(SURVIVOR)).isZero();
            assertThat(takeAll(consumer)).containsExactly("behind");
        }
        assertThatTheRingIsAsGoodAsNew();
    }

    @Test
    void aRecordInTheHandsOfTheDeadComesAgainFlaggedAndFirst() {
        for (int i = 0; i < granules + 1; i++) {
            MpmcConsumer alive = writing.consumer(Owner.of(3));
            assertThat(alive.tryTake()).isNull();
            write("a", "b");
            reading.consumer(READER).tryTake();
            assertThat(writing.repair(SURVIVOR)).isEqualTo(1);
            assertThat(takeAll(alive)).containsExactly("a+1", "b");
        }
        assertThatTheRingIsAsGoodAsNew();
    }

    @Test
    void manyDeathsAreMendedInOneWalk() {
        int count = Math.min(granules / 4, 20);
        for (int i = 0; i < count; i++) {
            write(String.valueOf((char) ('a' + i)));
        }
        for (int i = 0; i < count; i++) {
            writing.consumer(READER).tryTake();
        }
        for (int i = 0; i < count; i++) {
            writing.producer(WRITER).tryClaim(TYPE, 0);
        }
        assertThat(reading.repair(SURVIVOR)).isEqualTo(2 * count);
        assertThat(takeAll(reading.consumer(Owner.of(3)))).hasSize(count).isSorted().allMatch(text ->
            text.endsWith("+1"));
        consumer = reading.consumer(Owner.of(3));
        producer = writing.producer(Owner.of(3));
        assertThatTheRingIsAsGoodAsNew();
    }

    @Test
    void aRecordIsDroppedAndCountedWhenTooManyDiedOverIt() throws IOException {
        for (int deliveriesMax = 1; deliveriesMax <= MpmcRing.DELIVERIES_MAX; deliveriesMax++) {
            useRing(subject.open(Files.createDirectory(directory.resolve("max" + deliveriesMax)), deliveriesMax));
            write("deadly", "behind");
            for (int death = 1; death <= deliveriesMax; death++) {
                TakenRecord record = reading.consumer(READER).tryTake();
                assertThat(text(record.payload())).isEqualTo("deadly");
                assertThat(record.deliveries()).isEqualTo(death - 1);
                assertThat(reading.dump()).contains("dropped = 0");
                assertThat(writing.repair(SURVIVOR)).isEqualTo(1);
            }
            assertThat(reading.dump()).contains("deliveriesMax = " + deliveriesMax, "dropped = 1");
            assertThat(takeAll(consumer)).containsExactly("behind");
            assertThatTheRingIsAsGoodAsNew();
        }
    }

    @Test
    void anotherRecordIsNotDroppedForTheDeathsOverTheFirst() {
        write("a", "b");
        for (int death = 0; death < MpmcRing.DELIVERIES_MAX; death++) {
            reading.consumer(READER).tryTake();
            writing.repair(SURVIVOR);
        }
        reading.consumer(READER).tryTake();
        writing.repair(SURVIVOR);
        assertThat(takeAll(consumer)).containsExactly("b+1");
    }

    @Test
    void whoWasWronglyTakenForDeadLearnsItWhenItHandsTheRecordOn() {
        MpmcConsumer other = writing.consumer(Owner.of(3));
        write("taken");
        TakenRecord record = consumer.tryTake();
        MpmcClaim committed = claim("never");
        assertThat(writing.repair(SURVIVOR)).isEqualTo(2);

        assertThatThrownBy(committed::commit).isInstanceOf(OwnerLostException.class)
            .hasMessageContainingAll("actual padding", "owner 1", "join again");
        assertThatThrownBy(record::release).isInstanceOf(OwnerLostException.class)
            .hasMessageContainingAll("actual published", "owner 2", "join again");
        assertThat(takeAll(other)).containsExactly("taken+1");
        assertThatTheRingIsAsGoodAsNew();
    }

    @Test
    void theOtherWaysOfHandingOnTellItToo() {
        write("a", "b", "c");
        TakenRecord record = consumer.tryTake();
        writing.repair(SURVIVOR);
        assertThatThrownBy(record::giveBack).isInstanceOf(OwnerLostException.class);

        consumer.tryTake();
        writing.repair(SURVIVOR);
        assertThatThrownBy(consumer::close).isInstanceOf(OwnerLostException.class);

        MpmcConsumer handling = reading.consumer(READER);
        assertThatThrownBy(() -> handling.read((type, payload) -> writing.repair(SURVIVOR), 10))
            .isInstanceOf(OwnerLostException.class);

        MpmcClaim claim = claim("aborted");
        writing.repair(SURVIVOR);
        assertThatThrownBy(claim::abort).isInstanceOf(OwnerLostException.class);
        producer = writing.producer(Owner.of(4));
        assertThat(takeAll(reading.consumer(Owner.of(3)))).as("a was dropped").containsExactly("b", "c");
    }

    @Test
    void aRecordThatItsTakerGaveBackAndDiedBeforeItCouldSaySoIsFound() {
        MpmcGeometry geometry = new MpmcGeometry(granules, GRANULE, MpmcRing.DELIVERIES_MAX, 0);
        Region body = Region.allocate((int) geometry.bodyLength());
        geometry.initialise(body, subject.position(), 0);
        MpmcRing ring = MpmcRing.over(body);
        MpmcConsumer other = ring.consumer(Owner.of(3));
        assertThat(other.tryTake()).isNull();
        MpmcProducer producer = ring.producer(WRITER);
        tryWrite(producer, "a");
        tryWrite(producer, "b");
        TakenRecord taken = new MpmcConsumer(body, new MpmcRecords(body, geometry, body) {
            @Override
            void announceReturned() { }
        }, READER).tryTake();
        assertThat(takeAll(other)).containsExactly("b");
        taken.giveBack();
        assertThat(other.tryTake()).isNull();
        assertThat(ring.repair(SURVIVOR)).as("records mended").isZero();
        assertThat(takeAll(other)).containsExactly("a+1");
    }

    @Test
    void aRecordThatComesAgainIsFoundByConsumersThatAreBeyondIt() {
        MpmcConsumer beyond = writing.consumer(Owner.of(3));
        for (boolean died : new boolean[] {true, false}) {
            write("a", "b");
            TakenRecord taken = reading.consumer(READER).tryTake();
            assertThat(takeAll(beyond)).containsExactly("b");
            if (died) {
                assertThat(writing.repair(SURVIVOR)).isEqualTo(1);
            } else {
                taken.giveBack();
            }
            assertThat(takeAll(beyond)).containsExactly("a+1");
        }
    }

    @Test
    void manyRepairersAtOnceMendEachRecordOnce() throws Exception {
        int each = granules / 4;
        CyclicBarrier start = new CyclicBarrier(REPAIRERS);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < each; i++) {
                write(String.valueOf((char) ('0' + i % 64)));
            }
            for (int i = 0; i < each; i++) {
                reading.consumer(READER).tryTake();
                writing.producer(WRITER).tryClaim(TYPE, 0);
            }
            List<Background<Integer>> repairers = new ArrayList<>();
            for (int i = 0; i < REPAIRERS; i++) {
                MpmcRing ring = i % 2 == 0 ? writing : reading;
                repairers.add(Background.start(() -> {
                    start.await();
                    return ring.repair(SURVIVOR);
                }));
            }
            int repaired = 0;
            for (Background<Integer> repairer : repairers) {
                repaired += repairer.result();
            }
            assertThat(repaired).as("mended by all").isEqualTo(2 * each);
            assertThat(takeAll(consumer)).hasSize(each).allMatch(text -> text.endsWith("+1"));
        }
        assertThatTheRingIsAsGoodAsNew();
    }
}
