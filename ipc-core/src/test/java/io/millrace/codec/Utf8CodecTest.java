package io.millrace.codec;

import static io.millrace.codec.CodecSubject.encoded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text as UTF-8 is what the JDK makes of it, without replacement of anything. */
class Utf8CodecTest {
    private static final Codec<String> CODEC = Codecs.utf8();

    @Test
    void everyCodePointIsEncodedAsTheJdkDoes() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                String text = Character.toString(point);
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                if (point % 7 == 0 || point < 0x1000) { // enough of the buffer's way
                    assertThat(encoded(CODEC, text)).as("U+%04X", point).isEqualTo(bytes);
                }
                assertThat(Utf8.length(text)).as("U+%04X", point).isEqualTo(bytes.length);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD800", "\uDC00", "\uDFFF", "ab\uD83D", "ab\uD83Dcd", "\uDE00\uD83D",
        "\uD83D\uD83D\uDE00", "12345678\uD800", "\uD83D\uDE00\uDE00"})
    void halfOfASurrogatePairIsRefusedBeforeAnythingIsWritten(String text) {
        assertThatThrownBy(() -> Codecs.utf8().lengthMax(text)).isInstanceOf(EncodingException.class)
            .hasMessageContainingAll("half of a surrogate pair", "expected a pair");
        assertThatThrownBy(() -> encoded(CODEC, text)).isInstanceOf(EncodingException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "80", "BF", "C0", "C080", "C1BF", "C2", "C2C2", "E08080", "E09F", "E282", "EDA080", "EDBFBF", "F0808080",
        "F08F", "F09F98", "F4908080", "F5808080", "F8", "FE", "FF", "6162FF", "6162C3", "EFBFBD80", "C3A4C3"})
    void malformedBytesAreRefused(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT));
        assertThatThrownBy(() -> CODEC.decode(CodecContractTest.region(bytes)))
            .isInstanceOf(DecodingException.class)
            .hasMessageContainingAll("utf-8", "actual " + bytes.length + " bytes", "malformed from byte");
    }

    @Test
    void theReplacementCharacterIsACharacterLikeOthers() {
        for (String text : new String[] {"\uFFFD", "a\uFFFDb\uFFFD", "\uFFFD".repeat(1000)}) {
            assertThat(CODEC.decode(CodecContractTest.region(encoded(CODEC, text)))).isEqualTo(text);
        }
    }

    @Test
    void anyBytesAreDecodedIfAndOnlyIfTheJdksStrictDecoderTakesThem() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        Random random = new Random(seed);
        // Bytes that are parts of sequences, and the one that replaces what is malformed.
        byte[] parts = HexFormat.of().parseHex("00417fc3a4e282aceda080f09f9880f48fbfbfefbfbdff80bf");
        int taken = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(6)];
            int from = random.nextInt(parts.length);
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = parts[random.nextInt(5) == 0 ? random.nextInt(parts.length) : (from + j) % parts.length];
            }
            String expected = strictly(bytes);
            String actual;
            try {
                actual = CODEC.decode(CodecContractTest.region(bytes));
                taken++;
            } catch (DecodingException e) {
                actual = null;
            }
            assertThat(actual).as("%s, millrace.seed=%d", HexFormat.of().formatHex(bytes), seed).isEqualTo(expected);
        }
        assertThat(taken).isBetween(10_000, 99_000);
    }

    @Test
    void longTextsAreDecodedToo() {
        for (int length : new int[] {(1 << 16) - 1, 1 << 16, (1 << 16) + 1, 3 << 16}) {
            String text = "€".repeat(length / 3) + "x".repeat(length % 3);
            assertThat(CODEC.decode(CodecContractTest.region(encoded(CODEC, text)))).isEqualTo(text);
        }
    }

    private static String strictly(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
