package io.millrace.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecIdTest {
    private static final Path FILE = Path.of("jobs");
    private static final int OFFSET = 24;

    private final Region region = Region.allocate(OFFSET + CodecId.LENGTH_MAX + 8);

    private static Codec<String> named(String id) {
        return new Codec<>() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public void encode(String item, MessageBuffer buffer) {
                Codecs.utf8().encode(item, buffer);
            }

            @Override
            public String decode(Region message) {
                return Codecs.utf8().decode(message);
            }
        };
    }

    @Test
    void theCodecThatWasWrittenIsAccepted() {
        region.fill(0, region.length(), (byte) 0x55);
        for (String id : new String[] {"x", "utf-8", "!~", "a".repeat(CodecId.LENGTH_MAX)}) {
            CodecId.write(named(id), region, OFFSET);
            assertThat(CodecId.read(region, OFFSET)).isEqualTo(id);
            assertThatCode(() -> CodecId.check(FILE, region, OFFSET, named(id))).doesNotThrowAnyException();
        }
        assertThat(region.getBytePlain(OFFSET - 1)).isEqualTo((byte) 0x55);
        assertThat(region.getBytePlain(OFFSET + CodecId.LENGTH_MAX)).isEqualTo((byte) 0x55);
    }

    @Test
    void anotherCodecIsAClearError() {
        CodecId.write(Codecs.utf8(), region, OFFSET);
        for (Codec<?> other : new Codec<?>[] {Codecs.bytes(), named("utf-80"), named("utf-"), named("UTF-8")}) {
            assertThatThrownBy(() -> CodecId.check(FILE, region, OFFSET, other))
                .isInstanceOf(WrongCodecException.class)
                .hasMessageContainingAll("jobs", "actual utf-8,", "expected " + other.id());
        }
    }

    @Test
    void aDamagedFieldIsNoCodecAndShownWithDots() {
        CodecId.write(Codecs.utf8(), region, OFFSET);
        region.putBytePlain(OFFSET + 100, (byte) 'x'); // behind the end
        assertThatThrownBy(() -> CodecId.check(FILE, region, OFFSET, Codecs.utf8()))
            .isInstanceOf(WrongCodecException.class);
        region.putBytePlain(OFFSET, (byte) 0xFF);
        assertThatThrownBy(() -> CodecId.check(FILE, region, OFFSET, Codecs.utf8()))
            .isInstanceOf(WrongCodecException.class).hasMessageContaining("actual .tf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "tab\t", "ä", "a\0", "\u007F"})
    void whatIsNoIdentityIsRefused(String id) {
        assertThatThrownBy(() -> CodecId.write(named(id), region, OFFSET))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContainingAll("actual '" + id + "'", "expected 1 to");
    }

    @Test
    void anIdentityThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> CodecId.check(FILE, region, OFFSET, named("a".repeat(CodecId.LENGTH_MAX + 1))))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining((CodecId.LENGTH_MAX + 1) + " characters");
    }
}
