package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The contract of regions, over each sort of memory that the library puts behind one. */
class RegionTest {
    @Test
    void privateMemoryOfEveryLengthStartsOnACacheLine() {
        List<Region> kept = new ArrayList<>();
        for (int length = 1; length <= 300; length++) {
            // Several of each and all kept, so that the allocator gives away addresses of every alignment.
            for (int i = 0; i < 8; i++) {
                Region region = Region.allocate(length);
                kept.add(region);
                assertThat(region.length()).isEqualTo(length);
                assertThat(region.address(0).value() % 64).isZero();
            }
        }
    }

    @Test
    void privateMemoryOfAnImpossibleLengthIsRefusedWithTheActualAndTheExpectedLength() {
        for (int length : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE,
            MappedFile.LENGTH_MAX + 1}) {
            assertThatThrownBy(() -> Region.allocate(length)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("actual " + length).hasMessageContaining("expected");
        }
    }

    @Nested
    class PrivateMemory extends RegionContract {
        private Region region;

        @Override
        public Region region(int length) {
            region = Region.allocate(length);
            return region;
        }

        @Override
        public Region peer() {
            return region;
        }
    }

    @Nested
    class OneMapping extends RegionContract {
        @TempDir
        private Path directory;

        private Region region;

        @Override
        public Region region(int length) throws IOException {
            try (MappedFile file = MappedFile.createUnpublished(directory.resolve("one"), length)) {
                region = file.region();
            }
            return region;
        }

        @Override
        public Region peer() {
            return region;
        }
    }

    @Nested
    class TwoMappingsOfOneFile extends RegionContract {
        @TempDir
        private Path directory;

        private int count;
        private Region peer;

        @Override
        public Region region(int length) throws IOException {
            Path path = directory.resolve("shared" + count++);
            try (MappedFile created = MappedFile.createUnpublished(path, length)) {
                created.publish();
                try (MappedFile opened = MappedFile.open(path)) {
                    peer = opened.region();
                }
                return created.region();
            }
        }

        @Override
        public Region peer() {
            return peer;
        }
    }

    /** A part of something longer; what is around it must never change. */
    abstract static class Part extends RegionContract {
        private static final byte GUARD = 0x5A;

        @TempDir
        private Path directory;

        private final Random random = new Random();
        private final List<Runnable> guards = new ArrayList<>();
        private TestReporter reporter;
        private Region peer;

        @BeforeEach
        void keep(TestReporter testReporter) {
            reporter = testReporter;
        }

        abstract Region partOf(Region parent, int offset, int length);

        @Override
        public Region region(int length) throws IOException {
            int offset = Long.BYTES * random.nextInt(64);
            int behind = random.nextInt(64);
            reporter.publishEntry("offset", Integer.toString(offset));
            Region parent;
            try (MappedFile file = MappedFile.createUnpublished(directory.resolve("f"),
                offset + length + behind)) {
                parent = file.region();
            }
            parent.fill(0, parent.length(), GUARD);
            parent.fill(offset, length, (byte) 0);
            guards.add(() -> {
                for (int i = 0; i < parent.length(); i++) {
                    if (i < offset || i >= offset + length) {
                        assertThat(parent.getBytePlain(i)).as("byte %d around %d..", i, offset)
                            .isEqualTo(GUARD);
                    }
                }
            });
            peer = parent.slice(offset, length);
            return partOf(parent, offset, length);
        }

        @Override
        public Region peer() {
            return peer;
        }

        @AfterEach
        void theBytesAroundThePartAreAsTheyWere() {
            guards.forEach(Runnable::run);
        }
    }

    @Nested
    class ASlice extends Part {
        @Override
        Region partOf(Region parent, int offset, int length) {
            return parent.slice(offset, length);
        }
    }

    @Nested
    class AWindow extends Part {
        @Override
        Region partOf(Region parent, int offset, int length) {
            RegionWindow window = parent.newWindow();
            window.moveTo(0, parent.length());
            window.moveTo(offset, length);
            return window.view();
        }
    }

    @Nested
    class ASliceOfASlice extends Part {
        @Override
        Region partOf(Region parent, int offset, int length) {
            int half = offset / 2;
            return parent.slice(half, parent.length() - half).slice(offset - half, length);
        }
    }
}
