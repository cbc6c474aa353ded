package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.format.Segment;
import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A look at a chain tells what is in it and in whose hands, finds what is wrong, and changes nothing. */
@Timeout(120)
class ChainLookTest {
    private static final int CAPACITY = 1 << 14;
    private static final int GRANULE = 16;
    private static final int MESSAGE = 8;
    private static final int TYPE = 5;
    private static final Owner ME = new Owner(1, owner -> owner == 7);
    private static final ChainOptions OPTIONS = new ChainOptions(CAPACITY, GRANULE, 3, 0, 1 << 20);

    @TempDir
    private Path directory;

    private final Region anchor = Region.allocate(RingChain.anchorLength());
    private RingChain chain;

    private Path file(int id) {
        return directory.resolve("ring-" + id);
    }

    @BeforeEach
    void makeChain() throws IOException {
        chain = RingChain.create(anchor, this::file, ME, OPTIONS);
    }

    /** As somebody sees it who has nothing open yet. */
    private RingChain opened() throws IOException {
        return RingChain.open(anchor, directory.resolve("anchor"), this::file);
    }

    private ChainStatus look() throws IOException {
        return opened().inspect((type, payload) -> { });
    }

    private void write(int count) {
        Region message = Region.allocate(MESSAGE);
        try (ChainProducer producer = chain.producer(ME)) {
            for (int i = 0; i < count; i++) {
                message.putLongPlain(0, i);
                assertThat(producer.tryWrite(TYPE, message, 0, MESSAGE)).isTrue();
            }
        }
    }

    private Map<String, byte[]> bytes() throws IOException {
        Map<String, byte[]> bytes = new TreeMap<>();
        byte[] fields = new byte[anchor.length()];
        anchor.getBytes(0, fields, 0, fields.length);
        bytes.put("anchor", fields);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                bytes.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return bytes;
    }

    private int rings() throws IOException {
        return bytes().size() - 1;
    }

    @Test
    void emptyChainHasOneRingAndNothingElse() throws IOException {
        ChainStatus status = look();
        assertThat(status.rings()).hasSize(1);
        assertThat(status.rings().get(0)).isEqualTo(new ChainStatus.Ring(1, 1, CAPACITY, 0, 0, 0, 0, 0));
        assertThat(status.hands()).isEmpty();
        assertThat(status.damage()).isEmpty();
    }

    @Test
    void itemsAreToldByWhatBecomesOfThem() throws IOException {
        write(5);
        Owner dead = Owner.of(7);
        ChainConsumer consumer = chain.consumer(dead);
        HeldRecord held = consumer.tryTake().hold();
        consumer.tryTake().release();
        TakenRecord taken = consumer.tryTake();
        MpmcClaim claim = chain.producer(dead).tryClaim(0, MESSAGE);
        ChainStatus status = look();
        assertThat(List.of(status.waiting(), status.claimed(), status.taken(), status.dropped()))
            .containsExactly(2L, 1L, 2L, 0L);
        assertThat(status.hands()).containsExactly(new ChainStatus.InHand(7, 1, 2));

        assertThat(opened().repair(ME)).isEqualTo(3);
        status = look();
        assertThat(List.of(status.waiting(), status.claimed(), status.taken())).containsExactly(4L, 0L, 0L);
        assertThat(status.hands()).isEmpty();
        assertThat(List.of(held, taken, claim)).doesNotContainNull(); // reachable until here: nothing was put down
    }

    @Test
    void payloadsAreShownAcrossRings() throws IOException {
        int count = 4000;
        write(count);
        assertThat(rings()).isGreaterThan(1);
        List<Long> shown = new ArrayList<>();
        ChainStatus status = opened().inspect((type, payload) -> {
            assertThat(type).isEqualTo(TYPE);
            shown.add(payload.getLongPlain(0));
        });
        assertThat(status.rings()).hasSize(rings());
        assertThat(status.waiting()).isEqualTo(count);
        assertThat(shown).hasSize(count).isSorted();
    }

    @Test
    void nothingIsChangedNotEvenAHintThatLags() throws IOException {
        write(4000);
        TakenRecord taken = chain.consumer(ME).tryTake();
        MpmcRing ring = chain.firstRing();
        ring.body().putLongPlain(MpmcLayout.TAIL, ring.body().getLongPlain(MpmcLayout.RECLAIMED) << 30);
        Map<String, byte[]> before = bytes();
        assertThat(look().damage()).isEmpty();
        assertThat(opened().dump()).contains("ring chain", "ring 1", "published");
        assertThat(opened().unreachable(List.of(1, 2), owner -> true)).isEmpty();
        assertThat(bytes()).usingRecursiveComparison().isEqualTo(before);
        taken.release();
    }

    @Test
    void damageIsToldAndNotThrown() throws IOException {
        write(3);
        MpmcRing ring = chain.firstRing();
        MpmcRecords records = ring.records();
        int second = records.wordOffset(records.reclaimed() + 1);
        long word = ring.body().getLongPlain(second);
        ring.body().putLongPlain(second, ControlWord.withState(word, 13, records.lap(records.reclaimed())));
        assertThat(look().damage()).singleElement().asString().contains("ring 1", "control word", "state 13");
        ring.body().putLongPlain(second, word);
        assertThat(look().damage()).isEmpty();

        ring.body().putLongPlain(records.wordOffset(records.reclaimed() + 500), 9);
        assertThat(look().damage()).singleElement().asString().contains("state 9", "a known state");
        ring.body().putLongPlain(records.wordOffset(records.reclaimed() + 500), 0);
        ring.body().putIntPlain(records.headerOffset(records.reclaimed()), -1);
        assertThat(look().damage()).singleElement().asString().contains("header of a record", "length -1");
        ring.body().putIntPlain(records.headerOffset(records.reclaimed()), MESSAGE);
        ring.body().putLongPlain(MpmcLayout.HEAD, 0);
        assertThat(look().damage()).singleElement().asString().contains("head");
    }

    @Test
    void ringThatIsMissingOrNoRingIsDamage() throws IOException {
        write(4000);
        Files.delete(file(2));
        ChainStatus status = look();
        assertThat(status.rings()).hasSize(1);
        assertThat(status.damage()).containsExactly("ring 2 of the chain is missing");
        Files.write(file(2), new byte[1000]);
        assertThat(look().damage()).singleElement().asString().contains("ring 2 cannot be opened");
    }

    @Test
    void ringsThatLeadInACircleAreDamage() throws IOException {
        write(4000);
        MpmcRing ring = chain.ring(2);
        MpmcRecords records = ring.records();
        long tail = records.positionIn(records.settleTail());
        ring.body().putLongPlain(records.wordOffset(tail), ControlWord.end(1, records.lap(tail)));
        assertThat(look().damage()).containsExactly("ring 2 leads back to ring 1");
    }

    @Test
    void ringThatWasNeverLinkedIsLeftOverWhenItsMakerIsDead() throws IOException {
        MpmcGeometry geometry = OPTIONS.geometry();
        MpmcRing.create(file(8), geometry, geometry.granules(), 0, 7).close();
        MpmcRing.create(file(9), geometry, geometry.granules(), 0, 3).close();
        assertThat(opened().unreachable(List.of(1, 8, 9, 10), owner -> owner == 7)).containsExactly(8);
        assertThat(opened().unreachable(List.of(1, 8, 9, 10), owner -> false)).isEmpty();
    }

    @Test
    void ringThatIsOverIsLeftOverWhoeverMadeIt() throws IOException {
        write(4000);
        Path kept = directory.resolve("kept");
        ChainConsumer consumer = chain.consumer(ME);
        Files.createLink(kept, file(1)); // as if whoever was to remove the name had died before
        assertThat(opened().unreachable(List.of(1, 2), owner -> false)).isEmpty();
        while (consumer.read((type, payload) -> { }, Integer.MAX_VALUE) > 0) {
            assertThat(kept).exists();
        }
        chain.repair(ME);
        assertThat(file(1)).doesNotExist();
        Files.move(kept, file(1));
        assertThat(opened().unreachable(List.of(1, 2), owner -> false)).containsExactly(1);
    }

    @Test
    void unreachableIsNothingWhereDamageHidesTheEnd() throws IOException {
        write(4000);
        chain.firstRing().body().putLongPlain(MpmcLayout.HEAD, 0);
        assertThat(opened().unreachable(List.of(1, 2), owner -> true)).isEmpty();
    }

    @Test
    void arbitraryBytesEndNoLookBadly() throws IOException {
        write(300);
        byte[] sound = Files.readAllBytes(file(1));
        Random random = new Random(1);
        int damaged = 0;
        for (int round = 0; round < 300; round++) {
            try (Segment segment = Segment.open(file(1), MpmcLayout.KIND)) {
                Region body = segment.body();
                body.putBytes(0, sound, sound.length - body.length(), body.length());
                for (int i = random.nextInt(8); i >= 0; i--) {
                    int records = random.nextBoolean() ? 0 : CAPACITY / GRANULE * MpmcLayout.RECORD_LENGTH;
                    int range = MpmcLayout.RECORDS + records;
                    int offset = Math.max(MpmcLayout.TAIL, random.nextInt(range / 8) * 8);
                    body.putLongPlain(offset, random.nextBoolean() ? random.nextLong()
                        : body.getLongPlain(offset) + random.nextInt(100) - 50);
                }
            }
            damaged += look().damage().size();
        }
        assertThat(damaged).isGreaterThan(30);
    }
}
