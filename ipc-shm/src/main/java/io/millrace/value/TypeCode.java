package io.millrace.value;

import io.millrace.atomic.CellsBuilder;
import io.millrace.atomic.SharedBoolean;
import io.millrace.atomic.SharedBooleanArray;
import io.millrace.atomic.SharedByte;
import io.millrace.atomic.SharedByteArray;
import io.millrace.atomic.SharedChar;
import io.millrace.atomic.SharedCharArray;
import io.millrace.atomic.SharedDouble;
import io.millrace.atomic.SharedDoubleArray;
import io.millrace.atomic.SharedFloat;
import io.millrace.atomic.SharedFloatArray;
import io.millrace.atomic.SharedInt;
import io.millrace.atomic.SharedIntArray;
import io.millrace.atomic.SharedLong;
import io.millrace.atomic.SharedLongArray;
import io.millrace.atomic.SharedShort;
import io.millrace.atomic.SharedShortArray;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The letters by which Python's {@code Value} and {@code Array} name what is in them, and what that is here. An
 * unsigned number is in the cell of the signed one of its width, and has the same bits; {@link #read} tells its value.
 *
 * <p><b>Who may call it:</b> any thread.
 */
public enum TypeCode {
    /** {@code c}: a byte of text. */
    CHAR('c', 8, SharedByte::builder, SharedByteArray::builder),
    /** {@code b}: a signed byte. */
    BYTE('b', -8, SharedByte::builder, SharedByteArray::builder),
    /** {@code B}: an unsigned byte. */
    UNSIGNED_BYTE('B', 8, SharedByte::builder, SharedByteArray::builder),
    /** {@code u}: a character of 16 bits, as Java has them; of 32 bits on Linux there, for which {@code i} does. */
    UNICODE('u', 16, SharedChar::builder, SharedCharArray::builder),
    /** {@code h}: signed, of 16 bits. */
    SHORT('h', -16, SharedShort::builder, SharedShortArray::builder),
    /** {@code H}: unsigned, of 16 bits. */
    UNSIGNED_SHORT('H', 16, SharedShort::builder, SharedShortArray::builder),
    /** {@code i}: signed, of 32 bits. */
    INT('i', -32, SharedInt::builder, SharedIntArray::builder),
    /** {@code I}: unsigned, of 32 bits. */
    UNSIGNED_INT('I', 32, SharedInt::builder, SharedIntArray::builder),
    /** {@code l}: signed, of 64 bits, as on Linux there. */
    LONG('l', -64, SharedLong::builder, SharedLongArray::builder),
    /** {@code L}: unsigned, of 64 bits. */
    UNSIGNED_LONG('L', 64, SharedLong::builder, SharedLongArray::builder),
    /** {@code q}: signed, of 64 bits. */
    LONG_LONG('q', -64, SharedLong::builder, SharedLongArray::builder),
    /** {@code Q}: unsigned, of 64 bits. */
    UNSIGNED_LONG_LONG('Q', 64, SharedLong::builder, SharedLongArray::builder),
    /** {@code f}: floating point of 32 bits. */
    FLOAT('f', -32, SharedFloat::builder, SharedFloatArray::builder),
    /** {@code d}: floating point of 64 bits. */
    DOUBLE('d', -64, SharedDouble::builder, SharedDoubleArray::builder),
    /** {@code ?}: true or false. */
    BOOLEAN('?', 8, SharedBoolean::builder, SharedBooleanArray::builder);

    private final char code;
    /** Negative for signed ones. */
    private final int bits;
    private final Supplier<CellsBuilder<?>> value;
    private final IntFunction<CellsBuilder<?>> array;

    TypeCode(char code, int bits, Supplier<CellsBuilder<?>> value, IntFunction<CellsBuilder<?>> array) {
        this.code = code;
        this.bits = bits;
        this.value = value;
        this.array = array;
    }

    /**
     * The one of that letter.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static TypeCode of(char code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("bad typecode: actual '" + code
                + "', expected one of c b B u h H i I l L q Q f d ?"));
    }

    /** Its letter. */
    public char code() {
        return code;
    }

    /** How many bytes it takes. */
    public int size() {
        return Math.abs(bits) / Byte.SIZE;
    }

    /** Makes a value of that type, zero at first, with options. */
    public CellsBuilder<?> value() {
        return value.get();
    }

    /**
     * Makes an array of so many elements of that type, zero at first, with options.
     *
     * @throws IllegalArgumentException if the length is negative
     */
    public CellsBuilder<?> array(int length) {
        return array.apply(length);
    }

    /**
     * The number that a cell of this type stands for when it has the low bits of that one: what came out of it, or what
     * is to be stored and may be too wide. Of {@code L} and {@code Q} it is to be read as
     * {@link Long#toUnsignedString(long)} does.
     *
     * @throws IllegalStateException if this type has no whole numbers
     */
    public long read(long number) {
        if (this == FLOAT || this == DOUBLE || this == BOOLEAN) {
            throw new IllegalStateException("typecode '" + code + "' is not one of whole numbers");
        }
        int unused = Long.SIZE - Math.abs(bits);
        return bits < 0 ? number << unused >> unused : number << unused >>> unused;
    }
}
