package io.millrace.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.atomic.SharedBoolean;
import io.millrace.atomic.SharedByte;
import io.millrace.atomic.SharedByteArray;
import io.millrace.atomic.SharedDouble;
import io.millrace.atomic.SharedFloat;
import io.millrace.atomic.SharedInt;
import io.millrace.atomic.SharedIntArray;
import io.millrace.atomic.SharedLong;
import io.millrace.atomic.SharedShort;
import io.millrace.domain.SharedDirectory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The letters of Python's values, what they are here, and how numbers wrap that are too wide for them. */
class TypeCodeTest {
    @TempDir(factory = SharedDirectory.class)
    Path parent;

    @Test
    void lettersHaveTheirSizes() {
        assertThat(Arrays.stream(TypeCode.values()).map(type -> type.code() + "" + type.size())
            .collect(Collectors.joining(" "))).isEqualTo("c1 b1 B1 u2 h2 H2 i4 I4 l8 L8 q8 Q8 f4 d8 ?1");
        for (TypeCode type : TypeCode.values()) {
            assertThat(TypeCode.of(type.code())).isSameAs(type);
        }
    }

    @Test
    void otherLettersAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> TypeCode.of('x'))
            .withMessageContaining("bad typecode: actual 'x'");
    }

    @ParameterizedTest
    @CsvSource({"B, 256, 0", "B, -1, 255", "b, 128, -128", "b, 127, 127", "c, 255, 255", "h, 40000, -25536",
        "H, 40000, 40000", "H, -1, 65535", "u, 65536, 0", "i, 2147483648, -2147483648", "I, -1, 4294967295",
        "l, -5, -5", "q, 9223372036854775807, 9223372036854775807", "Q, -1, -1"})
    void whatIsTooWideWraps(char code, long stored, long expected) {
        assertThat(TypeCode.of(code).read(stored)).isEqualTo(expected);
    }

    @Test
    void cellsWrapAsTheirLettersDo() throws Exception {
        Path domain = parent.resolve("domain");
        try (SharedByte b = (SharedByte) TypeCode.of('B').value().domain(domain).create();
            SharedShort h = (SharedShort) TypeCode.of('h').value().domain(domain).create();
            SharedInt i = (SharedInt) TypeCode.of('I').value().domain(domain).create();
            SharedLong q = (SharedLong) TypeCode.of('Q').value().domain(domain).create();
            SharedFloat f = (SharedFloat) TypeCode.of('f').value().domain(domain).create()) {
            b.set(-1);
            assertThat(TypeCode.UNSIGNED_BYTE.read(b.get())).isEqualTo(255);
            b.set(256);
            assertThat(TypeCode.UNSIGNED_BYTE.read(b.get())).isZero();
            h.set(40_000);
            assertThat(h.get()).isEqualTo((short) -25_536);
            i.getAndAdd(-1);
            assertThat(TypeCode.UNSIGNED_INT.read(i.get())).isEqualTo(0xFFFF_FFFFL);
            q.getAndAdd(-1);
            assertThat(Long.toUnsignedString(TypeCode.UNSIGNED_LONG_LONG.read(q.get())))
                .isEqualTo("18446744073709551615");
            f.set(0.1f);
            assertThat((double) f.get()).isEqualTo(0.10000000149011612);
        }
    }

    @ParameterizedTest
    @EnumSource
    void valuesAndArraysOfEachLetterBeginWithZero(TypeCode type) throws Exception {
        Path domain = parent.resolve("domain");
        try (AutoCloseable value = (AutoCloseable) type.value().domain(domain).create();
            AutoCloseable array = (AutoCloseable) type.array(3).domain(domain).create()) {
            assertThat(value.getClass().getMethod("get").invoke(value).toString()).matches("0|0\\.0|false|\0");
            assertThat(array.getClass().getMethod("length").invoke(array)).isEqualTo(3);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> type.array(-1));
        assertThat(type.array(0)).isNotNull();
    }

    @Test
    void lettersWithoutWholeNumbersReadNone() {
        for (char code : new char[] {'f', 'd', '?'}) {
            assertThatIllegalStateException().isThrownBy(() -> TypeCode.of(code).read(1));
        }
        assertThat(TypeCode.of('d').value().domain(parent.resolve("domain"))).isNotNull();
    }

    @Test
    void classesAreThoseOfTheWidth() throws Exception {
        Path domain = parent.resolve("domain");
        try (AutoCloseable c = (AutoCloseable) TypeCode.CHAR.array(1).domain(domain).create();
            AutoCloseable i = (AutoCloseable) TypeCode.INT.array(1).domain(domain).create();
            AutoCloseable d = (AutoCloseable) TypeCode.DOUBLE.value().domain(domain).create();
            AutoCloseable flag = (AutoCloseable) TypeCode.BOOLEAN.value().domain(domain).create()) {
            assertThat(c).isInstanceOf(SharedByteArray.class);
            assertThat(i).isInstanceOf(SharedIntArray.class);
            assertThat(d).isInstanceOf(SharedDouble.class);
            assertThat(flag).isInstanceOf(SharedBoolean.class);
        }
    }
}
