package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleViewTest {
    private static final int LENGTH = 32;

    @TempDir
    private Path directory;

    private final ChronicleView view = new ChronicleView();
    private final Region region = Region.allocate(3 * LENGTH);

    @Test
    void bytesAreThoseOfTheRegionInTheByteOrderOfTheMachine() {
        Region part = region.slice(5, LENGTH);
        Bytes<?> bytes = view.write(part);
        bytes.writeLong(7).writeInt(8);
        assertThat(view.position()).isEqualTo(Long.BYTES + Integer.BYTES);
        view.close();
        assertThat(part.getLongPlain(0)).isEqualTo(7);
        assertThat(part.getIntPlain(Long.BYTES)).isEqualTo(8);

        part.putIntPlain(Long.BYTES, 9);
        bytes = view.read(part);
        assertThat(bytes.readRemaining()).isEqualTo(LENGTH);
        assertThat(bytes.readLong()).isEqualTo(7);
        assertThat(bytes.readInt()).isEqualTo(9);
        assertThat(view.position()).isEqualTo(Long.BYTES + Integer.BYTES);
        view.close();
    }

    @Test
    void aViewMovesFromRegionToRegion() throws Exception {
        try (MappedFile file = MappedFile.createUnpublished(directory.resolve("f"), 4096)) {
            for (Region each : new Region[] {region.slice(0, LENGTH), file.region(), region.slice(LENGTH, LENGTH),
                region.slice(7, 0), file.region().slice(100, LENGTH)}) {
                int length = Math.min(each.length(), Long.BYTES);
                view.write(each).write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, 0, length);
                view.close();
                byte[] back = new byte[length];
                assertThat(view.read(each).read(back)).isEqualTo(length);
                view.close();
                for (int i = 0; i < length; i++) {
                    assertThat(back[i]).isEqualTo((byte) (i + 1)).isEqualTo(each.getBytePlain(i));
                }
            }
        }
    }

    @Test
    void aViewThatIsOpenIsNotOpenedAgain() {
        view.write(region);
        assertThatThrownBy(() -> view.read(region)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> view.write(region)).isInstanceOf(IllegalStateException.class);
        view.close();
        view.close();
        assertThatThrownBy(view::position).isInstanceOf(IllegalStateException.class);
        assertThat(view.read(region).readRemaining()).isEqualTo(region.length());
        view.close();
    }

    @Test
    void aViewWhoseBytesSomebodyReleasedSaysSo() {
        assertThat(view.isUsable()).isTrue();
        view.write(region).releaseLast();
        view.close();
        assertThat(view.isUsable()).isFalse();
    }

    @Test
    void nothingIsPrinted() throws Exception {
        ChildJvm.Result result = new ChildJvm(directory).withFlagsThatQuietTheJdk().run(Use.class);
        assertThat(result.err()).isEmpty();
        assertThat(result.outOfSuccess()).isEmpty();
    }

    /** The child's part. */
    static final class Use {
        public static void main(String[] arguments) {
            ChronicleView view = new ChronicleView();
            Region region = Region.allocate(LENGTH);
            view.write(region).write8bit("text").writeUtf8("ä");
            view.close();
            Bytes<?> bytes = view.read(region);
            if (!bytes.read8bit().equals("text") || !bytes.readUtf8().equals("ä")) {
                throw new AssertionError();
            }
            view.close();
        }
    }
}
