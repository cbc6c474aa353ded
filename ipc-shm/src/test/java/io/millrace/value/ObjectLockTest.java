package io.millrace.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.atomic.Cells;
import io.millrace.atomic.ObjectLock;
import io.millrace.atomic.ShareableList;
import io.millrace.atomic.SharedCounter;
import io.millrace.atomic.SharedIntArray;
import io.millrace.atomic.SharedStruct;
import io.millrace.domain.SharedDirectory;
import io.millrace.value.ValueWork.Twins;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every object of a domain has a lock, whatever it is. */
@Timeout(60)
class ObjectLockTest {
    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private Path domain() {
        return parent.resolve("domain");
    }

    @Test
    void everyObjectHasOneLockOfItsOwn() {
        try (SharedIntArray array = SharedIntArray.builder(3).domain(domain()).create();
            SharedCounter counter = SharedCounter.builder().domain(domain()).create();
            SharedStruct struct = SharedStruct.builder(8).domain(domain()).create();
            ShareableList list = ShareableList.builderOf("a", 1).domain(domain()).create();
            Cells cells = Cells.builder(4).domain(domain()).create();
            SharedMemory memory = SharedMemory.builder(8).domain(domain()).create();
            SharedRecord<Twins> one = SharedRecord.builder(new Twins(0, "0")).domain(domain()).create();
            SharedRecordArray<Twins> many = SharedRecordArray.builder(Twins.class, 2).domain(domain()).create()) {
            List<Supplier<ObjectLock>> locks = List.of(array::lock, counter::lock, struct::lock, list::lock,
                cells::lock, memory::lock, one::lock, many::lock);
            for (Supplier<ObjectLock> lock : locks) {
                lock.get().lock();
                assertThat(locks.stream().filter(other -> other.get().isLocked())).containsExactly(lock);
                assertThat(cells.longCell("one").lock().isLocked()).as("of a cell: that of all")
                    .isEqualTo(cells.lock().isLocked());
                lock.get().unlock();
            }
            assertThat(array.toArray()).as("what the lock is beside").containsExactly(0, 0, 0);
            SharedMemory other = SharedMemory.builder().domain(domain()).name(memory.name()).open();
            ObjectLock lock = other.lock();
            lock.lock();
            assertThat(memory.lock().isHeldByCurrentThread()).isTrue();
            lock.unlock();
            other.close();
            assertThatIllegalStateException().isThrownBy(other::lock);
            assertThatIllegalStateException().isThrownBy(lock::lock);
        }
    }

    @Test
    void whatIsInNoDomainHasNone() throws IOException {
        try (Cells cells = Cells.create(parent.resolve("cells"), 4)) {
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(cells::lock)
                .withMessageContaining("not in a domain");
            assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> cells.longCell("one").lock());
        }
    }
}
