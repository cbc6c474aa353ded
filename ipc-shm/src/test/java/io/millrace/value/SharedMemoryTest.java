package io.millrace.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.atomic.SharedLong;
import io.millrace.domain.Domain;
import io.millrace.domain.ObjectRemovedException;
import io.millrace.domain.SharedDirectory;
import io.millrace.format.WrongKindException;
import io.millrace.memory.MemoryBackend;
import io.millrace.memory.Region;
import io.millrace.process.JvmProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A block of bytes: by its name, by its handle, in its size, and to its end. */
@Timeout(60)
class SharedMemoryTest {
    private static final Duration LONG = Duration.ofSeconds(50);

    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private SharedMemory.Builder in(SharedMemory.Builder builder) {
        return builder.domain(parent.resolve("domain"));
    }

    private SharedMemory create(String name, int size) {
        return in(SharedMemory.builder(size)).name(name).create();
    }

    private SharedMemory open(String name) {
        return in(SharedMemory.builder()).name(name).open();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        if (!Files.exists(parent.resolve("domain"))) {
            return;
        }
        try (Stream<Path> files = Files.list(parent.resolve("domain"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("lock", "table");
        }
    }

    private static byte[] serialized(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object deserialized(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }

    private static String text(SharedMemory memory, int length) {
        byte[] bytes = new byte[length];
        memory.region().getBytes(0, bytes, 0, length);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 512, 4097})
    void itHasItsNameAndExactlyItsSizeAndIsSeenByAllWhoOpenIt(int size) {
        try (SharedMemory memory = create("block", size)) {
            assertThat(memory.name()).isEqualTo("block");
            assertThat(memory.size()).isEqualTo(size);
            assertThat(memory.region().length()).isEqualTo(size);
            assertThat(memory.byteBuffer().capacity()).isEqualTo(size);
            assertThat(memory.toString()).contains("block", String.valueOf(size));
            assertThat(memory.byteBuffer()).isEqualByComparingTo(ByteBuffer.allocate(size));
            memory.byteBuffer().put(0, (byte) 42);
            try (SharedMemory other = in(SharedMemory.builder(7)).name("block").createOrOpen()) {
                assertThat(other.size()).as("of the one that is there").isEqualTo(size);
                assertThat(other.region().getBytePlain(0)).isEqualTo((byte) 42);
            }
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> memory.region().putBytePlain(size, (byte) 1));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> memory.byteBuffer().get(size));
            memory.remove();
        }
    }

    @Test
    void agronasViewIsThereWhereAgronaIs() {
        try (SharedMemory memory = in(SharedMemory.builder(64)).create()) {
            if (MemoryBackend.current() == MemoryBackend.AGRONA) {
                memory.directBuffer().putInt(4, 77);
                assertThat(memory.region().getIntPlain(4)).isEqualTo(77);
            } else {
                assertThatThrownBy(memory::directBuffer).isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("--add-opens");
            }
        }
    }

    @Test
    void sizesAndNamesThatCannotBeAreRefused() {
        for (int size : new int[] {0, -1, -2, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> SharedMemory.builder(size));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> in(SharedMemory.builder(Integer.MAX_VALUE)).create());
        assertThatIllegalStateException().isThrownBy(() -> in(SharedMemory.builder()).name("a").create());
        assertThatIllegalStateException().isThrownBy(() -> in(SharedMemory.builder()).open());
        assertThatIllegalStateException().isThrownBy(() -> in(SharedMemory.builder(5)).createOrOpen());
        for (String name : new String[] {"a/b", "", "x".repeat(300), "a\0b", "..", "lock"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> create(name, 8));
            assertThatIllegalArgumentException().isThrownBy(() -> open(name));
        }
    }

    @Test
    void aNameIsTakenOnceAndFoundIfItIsThere() {
        try (SharedMemory memory = create("block", 8);
            SharedLong number = SharedLong.builder(1).domain(parent.resolve("domain")).name("number").create()) {
            assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> create("block", 8))
                .withCauseInstanceOf(FileAlreadyExistsException.class);
            assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> open("other"))
                .withCauseInstanceOf(NoSuchFileException.class);
            assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> open("number"))
                .withCauseInstanceOf(WrongKindException.class);
            memory.remove();
            number.remove();
        }
    }

    @Test
    void anonymousOnesHaveNamesOfTheirOwnAndEndWithTheirUsers() {
        try (SharedMemory one = in(SharedMemory.builder(8)).create();
            SharedMemory other = in(SharedMemory.builder(8)).create()) {
            assertThat(one.name()).isNotEqualTo(other.name());
            assertThatExceptionOfType(NotSerializableException.class).isThrownBy(() -> serialized(one));
        }
    }

    @Test
    void theNameAndTheSizeAndTheViewsOutliveTheHandle() {
        SharedMemory memory = create("block", 8);
        Region view = memory.region();
        ByteBuffer buffer = memory.byteBuffer();
        memory.remove();
        view.putBytePlain(0, (byte) 5);
        memory.close();
        assertThatCode(memory::close).doesNotThrowAnyException();
        assertThat(memory.size()).isEqualTo(8);
        assertThat(memory.name()).isEqualTo("block");
        assertThat(memory.toString()).contains("closed");
        assertThat(buffer.get(0)).isEqualTo((byte) 5);
        assertThatIllegalStateException().isThrownBy(memory::region);
        assertThatIllegalStateException().isThrownBy(memory::byteBuffer);
        assertThatIllegalStateException().isThrownBy(memory::remove);
        assertThatExceptionOfType(NotSerializableException.class).isThrownBy(() -> serialized(memory));
    }

    @Test
    void removingTakesTheNameAwayOnceAndLeavesTheMemoryToItsUsers() {
        try (SharedMemory memory = create("block", 8); SharedMemory other = open("block")) {
            memory.remove();
            assertThatExceptionOfType(ObjectRemovedException.class).isThrownBy(memory::remove);
            assertThatExceptionOfType(ObjectRemovedException.class).isThrownBy(other::remove);
            memory.byteBuffer().put(0, (byte) 9);
            assertThat(other.byteBuffer().get(0)).isEqualTo((byte) 9);
            try (SharedMemory next = create("block", 16)) {
                assertThat(next.byteBuffer().get(0)).isZero();
                next.remove();
            }
        }
    }

    @Test
    void aHandleThatIsSentIsOnTheSameMemory() throws Exception {
        try (SharedMemory memory = create("block", 8)) {
            memory.byteBuffer().put(0, "pickle".getBytes());
            byte[] bytes = serialized(memory);
            try (SharedMemory copy = (SharedMemory) deserialized(bytes)) {
                assertThat(copy.name()).isEqualTo("block");
                assertThat(text(copy, 6)).isEqualTo("pickle");
                copy.byteBuffer().put(0, "newval".getBytes());
                assertThat(text(memory, 6)).isEqualTo("newval");
                memory.byteBuffer().put(0, "oldval".getBytes());
                assertThat(text(copy, 6)).isEqualTo("oldval");
            }
            memory.remove();
            assertThatExceptionOfType(InvalidObjectException.class).isThrownBy(() -> deserialized(bytes))
                .withCauseInstanceOf(NoSuchFileException.class);
            try (SharedMemory another = create("block", 8)) {
                assertThatExceptionOfType(InvalidObjectException.class).isThrownBy(() -> deserialized(bytes))
                    .withMessageContaining("another object");
                another.remove();
            }
        }
    }

    @Test
    void aChildWritesIntoTheMemoryThatItGets() throws Exception {
        try (SharedMemory memory = in(SharedMemory.builder(8)).create();
            JvmProcess child = JvmProcess.builder(ValueWork::writeInto, memory, "child")
                .domain(parent.resolve("domain")).start()) {
            child.join();
            assertThat(text(memory, 5)).isEqualTo("child");
        }
    }

    @Test
    void whatAKilledProcessAloneUsedIsTakenAway() throws Exception {
        Path domain = parent.resolve("domain");
        try (SharedLong ready = SharedLong.builder().domain(domain).create(); Domain joined = Domain.join(domain);
            JvmProcess child = JvmProcess.builder(ValueWork::makeAndSignal, domain.toString(), ready)
                .domain(domain).start()) {
            assertThat(ready.await(number -> number != 0, LONG)).isTrue();
            child.kill();
            child.join();
            assertThat(joined.reap()).hasSize(1).allMatch(name -> name.startsWith("anonymous-")
                && name.replaceAll("\\D", "").equals(Long.toString(ready.get())));
        }
    }

    @Test
    void whoOpensItAndEndsTakesNothingAway() throws Exception {
        try (SharedMemory memory = create("block", 8);
            JvmProcess child = JvmProcess.builder(ValueWork::openAndLook, parent.resolve("domain").toString(), "block")
                .domain(parent.resolve("domain")).start()) {
            child.join();
            assertThat(child.exitCode()).hasValue(0);
            try (SharedMemory again = open("block")) {
                assertThat(again.byteBuffer().get(1)).isEqualTo((byte) 43);
            }
            memory.remove();
        }
    }
}
