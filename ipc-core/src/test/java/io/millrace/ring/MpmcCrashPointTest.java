package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.memory.MemoryBackend;
import io.millrace.testing.ChildJvm;
import io.millrace.testing.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A child JVM stops itself at a named instruction. Killed there, it leaves nothing that the survivor could not mend;
 * kept waiting there, it is not taken for dead and goes on unharmed.
 */
@Timeout(60)
class MpmcCrashPointTest {
    private static final int GRANULES = MpmcGeometry.GRANULES_MIN;
    private static final MpmcGeometry GEOMETRY =
        new MpmcGeometry(GRANULES, MpmcChild.GRANULE_LENGTH, MpmcRing.DELIVERIES_MAX, 0);
    private static final long START = 77 * GRANULES + GRANULES - 61;
    private static final int PARENT = 1;
    private static final int CHILD = 60;
    private static final int FIRST_MESSAGES = 10;

    @TempDir
    Path directory;

    private final IdentifiedMessages messages = new IdentifiedMessages(MpmcChild.LENGTH_MAX);
    private DeliveryLedger ledger = new DeliveryLedger();
    private Path file;
    private MpmcRing ring;
    private MpmcConsumer consumer;
    private IdentifiedWriter writer;
    private long flagged;

    @ParameterizedTest
    @EnumSource
    void aJvmThatIsKilledThereDelaysNobodyAndLosesNothing(CrashPoint point) throws Exception {
        try (ChildJvm child = start(point.ordinal())) {
            prepare(point);
            long done = sendTo(point, child, CHILD);
            Owner survivor = new Owner(PARENT, id -> id == CHILD && child.isDead());
            assertThat(ring.repair(survivor)).as("mended of the living").isZero();

            child.kill();
            assertThat(ring.repair(survivor)).as("mended").isEqualTo(point.leavesARepair() ? 1 : 0);
            assertThat(ring.repair(survivor)).as("mended again").isZero();
            check(point, done + (point.isDone() ? 1 : 0), point.leavesAReturn() ? 1 : 0);
        } finally {
            ring.close();
        }
    }

    @Test
    void aJvmThatIsStoppedAnywhereIsNotTakenForDeadAndItsMessageArrives() throws Exception {
        int id = CHILD;
        try (ChildJvm child = start(1)) {
            for (CrashPoint point : CrashPoint.values()) {
                id++;
                prepare(point);
                Owner survivor = new Owner(PARENT, other -> child.isDead());
                sendTo(point, child, id);

                child.pause();
                assertThat(ring.repair(survivor)).as("mended while the child stood at " + point).isZero();
                for (int i = 0; i < FIRST_MESSAGES; i++) {
                    writer.tryWrite();
                }
                drain();
                assertThat(ring.repair(survivor)).as("mended while the child stood at " + point).isZero();
                child.resume();

                child.send("go on");
                String line = child.awaitLine();
                assertThat(line).startsWith("finished ");
                long done = Long.parseLong(line.split(" ")[1]);
                boolean comesBack = point.leavesAReturn() && point.task() != CrashPoint.Task.TAKE;
                check(point, id, done, comesBack ? 1 : 0);
                ring.close();
            }
            child.send("end");
            child.awaitSuccess();
        }
    }

    /** A child in one or the other memory mode, on one or the other JDK. */
    private static ChildJvm start(int number) throws IOException {
        Jdk jdk = number / 2 % 2 == 0 ? Jdk.current() : Jdk.other().orElse(Jdk.current());
        return ChildJvm.of(MpmcChild.class).on(jdk).with(MemoryBackend.values()[number % 2]).start("points");
    }

    /** A ring in the state from which the child comes to the point. */
    private void prepare(CrashPoint point) throws IOException {
        file = directory.resolve("ring-" + point);
        ring = MpmcRing.create(file, GEOMETRY, START, 0, 0);
        ledger = new DeliveryLedger();
        flagged = 0;
        consumer = ring.consumer(Owner.of(PARENT));
        writer = new IdentifiedWriter(ring.producer(Owner.of(PARENT)), PARENT, MpmcChild.LENGTH_MAX);
        if (point.task() == CrashPoint.Task.WRITE_ON) {
            fillAndDrain(); // so that the child has to give space back
        }
        for (int i = 0; i < FIRST_MESSAGES && point.task() != CrashPoint.Task.WRITE_ON; i++) {
            assertThat(writer.tryWrite()).isTrue();
        }
        if (point.task() == CrashPoint.Task.REPAIR) {
            ring.consumer(Owner.of(MpmcChild.LONG_DEAD)).tryTake();
            drain();
        }
    }

    /** Sends the child to the point; returns how many operations it had finished before. */
    private long sendTo(CrashPoint point, ChildJvm child, int id) throws InterruptedException {
        child.send(id + " " + point + " " + file);
        String line = child.awaitLine();
        assertThat(line).startsWith(point + " ");
        return Long.parseLong(line.split(" ")[1]);
    }

    private void fillAndDrain() {
        while (writer.tryWrite()) {
            continue;
        }
        drain();
    }

    private void drain() {
        for (TakenRecord record = consumer.tryTake(); record != null; record = consumer.tryTake()) {
            flagged += record.deliveries() == 0 ? 0 : 1;
            ledger.add(PARENT, messages.check(record.type(), record.payload()), record.deliveries());
            record.release();
        }
    }

    private void check(CrashPoint point, long done, int comeBack) {
        check(point, CHILD, done, comeBack);
    }

    /** Everything arrived that was published, what the child wrote or took included, and the ring works for laps. */
    private void check(CrashPoint point, int child, long done, int comeBack) {
        if (point.task() == CrashPoint.Task.TAKE) {
            for (long number = 0; number < done; number++) {
                ledger.add(child, IdentifiedMessages.identity(PARENT, number), 0);
            }
        }
        drain();
        assertThat(flagged).as("flagged after " + point).isEqualTo(comeBack);
        boolean wrote = point.task() == CrashPoint.Task.WRITE || point.task() == CrashPoint.Task.WRITE_ON;
        assertThat(ledger.missing(child, wrote ? done : 0)).as("lost of the child's at " + point).isZero();
        assertThat(ledger.end(child)).as("messages of the child at " + point).isEqualTo(wrote ? done : 0);
        for (int i = 0; i < 2 * GRANULES; i++) {
            assertThat(writer.tryWrite()).as("room after " + point).isTrue();
            drain();
        }
        fillAndDrain();
        assertThat(ledger.missing(PARENT, writer.next())).as("lost at " + point).isZero();
        assertThat(flagged).isEqualTo(comeBack);
    }
}
