package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryBackendTest {
    private static final String[] AGRONA_FLAG = MemoryBackend.AGRONA_FLAG.split(" ");

    @TempDir
    private Path directory;

    @Test
    void theBackEndIsTheOneThatTheFlagsOfThisJvmAllow() {
        String expected = System.getProperty("millrace.expectedBackend");
        assertThat(expected).as("set by the build, which runs every test in both modes").isNotNull();
        assertThat(MemoryBackend.current())
            .isEqualTo(MemoryBackend.valueOf(expected.toUpperCase(Locale.ROOT)));
    }

    @Test
    void boundsAreCheckedUnlessSomebodySwitchedTheChecksOff() {
        assertThat(MemoryBackend.agronaChecksBounds()).isTrue();
    }

    @Test
    void withoutAnyFlagTheBackEndIsTheOneThatNeedsNone() throws Exception {
        assertThat(child().run(Name.class).outOfSuccess()).isEqualTo("VARHANDLE");
    }

    @Test
    void theFlagOpensTheWayForAgrona() throws Exception {
        assertThat(child().with(AGRONA_FLAG).run(Name.class).outOfSuccess()).isEqualTo("AGRONA");
    }

    @Test
    void thePropertyOverrulesTheFlag() throws Exception {
        for (MemoryBackend backend : MemoryBackend.values()) {
            String wish = "-Dmillrace.backend=" + backend.name().toLowerCase(Locale.ROOT);
            assertThat(child().with(AGRONA_FLAG).with(wish).run(Name.class).outOfSuccess())
                .isEqualTo(backend.name());
        }
    }

    /** Then the compiler knows that a region has one class, and no call of it need look which. */
    @Test
    void theClassesOfTheOtherBackEndAreNotLoaded() throws Exception {
        String agrona = child().with(AGRONA_FLAG).with("-verbose:class").run(Using.class).outOfSuccess();
        assertThat(agrona).contains("memory.AgronaRegion ", "memory.AgronaLongWord ")
            .doesNotContain("memory.BufferRegion ", "memory.RegionLongWord ");
        String varHandle = child().with("-verbose:class").run(Using.class).outOfSuccess();
        assertThat(varHandle).contains("memory.BufferRegion ", "memory.RegionLongWord ")
            .doesNotContain("memory.AgronaRegion ", "memory.AgronaLongWord ");
    }

    @Test
    void aWishThatCannotBeFulfilledIsRefusedAndTheFlagNamed() throws Exception {
        ChildJvm.Result result = child().with("-Dmillrace.backend=agrona").run(Name.class);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("IllegalArgumentException", MemoryBackend.AGRONA_FLAG);
    }

    @Test
    void aWishThatNobodyKnowsIsRefusedWithTheWordsThatAreKnown() throws Exception {
        ChildJvm.Result result = child().with("-Dmillrace.backend=Agrona").run(Name.class);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("actual 'Agrona'", "expected 'agrona' or 'varhandle'");
    }

    @Test
    void jvmsOfBothBackEndsShareOneFile() throws Exception {
        Path path = directory.resolve("shared");
        try (MappedFile file = MappedFile.createUnpublished(path, 64)) {
            file.publish();
            Region region = file.region();
            for (String backend : new String[] {"agrona", "varhandle"}) {
                region.putLongVolatile(8, 0x0102030405060708L);
                child().with(AGRONA_FLAG).with("-Dmillrace.backend=" + backend)
                    .run(Increment.class, path.toString()).outOfSuccess();
                assertThat(region.getLongVolatile(8)).as(backend).isEqualTo(0x0102030405060709L);
            }
        }
    }

    private ChildJvm child() {
        return new ChildJvm(directory);
    }

    static final class Name {
        public static void main(String[] arguments) {
            System.out.print(MemoryBackend.current());
        }
    }

    static final class Using {
        public static void main(String[] arguments) {
            Region.allocate(8).longWord(0).putLongRelease(1);
        }
    }

    static final class Increment {
        public static void main(String[] arguments) throws IOException {
            try (MappedFile file = MappedFile.open(Path.of(arguments[0]))) {
                file.region().getAndAddLong(8, 1);
            }
        }
    }
}
