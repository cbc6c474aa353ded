package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.HexDumpBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuietChronicleTest {
    @TempDir
    private Path directory;

    @Test
    void nothingIsPrintedWhenChronicleIsLoadedAndUsed() throws Exception {
        ChildJvm.Result result = new ChildJvm(directory).withFlagsThatQuietTheJdk().run(Use.class);
        assertThat(result.err()).isEmpty();
        assertThat(result.outOfSuccess()).isEmpty();
    }

    @Test
    void theErrorStreamIsTheSameAfterwards() throws Exception {
        ChildJvm.Result result = new ChildJvm(directory).withFlagsThatQuietTheJdk().run(Complain.class);
        assertThat(result.err()).isEqualTo("still heard");
    }

    @Test
    void aFileOfTheWorkingDirectoryIsNotTakenForSystemProperties() throws Exception {
        Files.writeString(directory.resolve("system.properties"), "millrace.stray=yes\n");
        ChildJvm.Result result = new ChildJvm(directory).withFlagsThatQuietTheJdk()
            .run(ShowProperties.class, "millrace.stray", "slf4j.internal.verbosity");
        assertThat(result.outOfSuccess()).isEqualTo("millrace.stray=null\nslf4j.internal.verbosity=ERROR\n");
    }

    @Test
    void whatTheUserSetIsLeftAlone() throws Exception {
        Files.writeString(directory.resolve("mine"), "millrace.stray=yes\n");
        ChildJvm.Result result = new ChildJvm(directory).withFlagsThatQuietTheJdk()
            .with("-Dsystem.properties=mine", "-Dslf4j.internal.verbosity=WARN")
            .run(ShowProperties.class, "system.properties", "slf4j.internal.verbosity");
        assertThat(result.outOfSuccess())
            .isEqualTo("system.properties=mine\nslf4j.internal.verbosity=WARN\n");
    }

    private static void useChronicle() {
        QuietChronicle.load();
        HexDumpBytes dump = new HexDumpBytes();
        dump.writeHexDumpDescription("a number").writeLong(7);
        Bytes<?> outside = Bytes.allocateDirect(64);
        outside.write8bit("text");
        if (!outside.read8bit().equals("text") || !dump.toHexString().contains("a number")) {
            throw new AssertionError(dump.toHexString());
        }
        dump.releaseLast();
        outside.releaseLast();
    }

    static final class Use {
        public static void main(String[] arguments) {
            useChronicle();
        }
    }

    static final class Complain {
        public static void main(String[] arguments) {
            useChronicle();
            System.err.print("still heard");
        }
    }

    static final class ShowProperties {
        public static void main(String[] arguments) {
            useChronicle();
            for (String name : arguments) {
                System.out.print(name + "=" + System.getProperty(name) + "\n");
            }
        }
    }
}
