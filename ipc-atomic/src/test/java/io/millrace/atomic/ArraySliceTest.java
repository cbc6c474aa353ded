package io.millrace.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.atomic.ValueFormat.Initial;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.BaseStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arrays of every type are copied, written and walked over in pieces, within their bounds. */
class ArraySliceTest {
    private static final int LENGTH = 7;

    private static SharedCells array(CellType type, int length) throws Exception {
        CellFormat<? extends SharedCells> format = new ValueFormat<>(type, length, Initial.ZERO, type::array);
        return format.over(TestObject.inMemory(format));
    }

    /** A Java array of that type with elements 1, 0, 1, 0 … */
    private static Object alternating(CellType type, int length) throws Exception {
        Object array = primitives(type, length);
        for (int i = 0; i < length; i += 2) {
            switch (type) {
                case BOOLEAN -> Array.setBoolean(array, i, true);
                case CHAR -> Array.setChar(array, i, (char) 1);
                default -> Array.setByte(array, i, (byte) 1);
            }
        }
        return array;
    }

    private static Object primitives(CellType type, int length) throws Exception {
        return Array.newInstance(array(type, 0).getClass().getMethod("toArray").getReturnType().componentType(),
            length);
    }

    private static Object call(SharedCells cells, String name, Object... arguments) throws Throwable {
        for (Method method : cells.getClass().getMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
                try {
                    return method.invoke(cells, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }
        }
        throw new NoSuchMethodException(name);
    }

    private static List<Object> listOf(Object array) {
        return IntStream.range(0, Array.getLength(array)).mapToObj(i -> Array.get(array, i)).toList();
    }

    @ParameterizedTest
    @EnumSource
    void slicesAreWrittenAndCopied(CellType type) throws Throwable {
        SharedCells cells = array(type, LENGTH);
        call(cells, "setSlice", 2, alternating(type, 3));
        assertThat(listOf(call(cells, "slice", 2, 5))).isEqualTo(listOf(alternating(type, 3)));
        assertThat(listOf(call(cells, "slice", 4, 4))).isEmpty();
        assertThat(listOf(call(cells, "slice", 5, LENGTH))).isEqualTo(listOf(primitives(type, 2)));
        Object target = primitives(type, 4);
        call(cells, "copyTo", 2, target, 1, 3);
        assertThat(listOf(target).subList(1, 4)).isEqualTo(listOf(alternating(type, 3)));
        assertThat(Array.get(target, 0)).isEqualTo(Array.get(primitives(type, 1), 0));
    }

    @ParameterizedTest
    @EnumSource
    void aWalkAndAStreamGiveAllElementsInOrder(CellType type) throws Throwable {
        SharedCells cells = array(type, LENGTH);
        call(cells, "setSlice", 0, alternating(type, LENGTH));
        List<Object> walked = new ArrayList<>();
        ((Iterable<?>) cells).forEach(walked::add);
        assertThat(walked).isEqualTo(listOf(alternating(type, LENGTH)));
        List<Object> streamed = new ArrayList<>();
        ((BaseStream<?, ?>) call(cells, "stream")).iterator().forEachRemaining(streamed::add);
        assertThat(streamed.stream().map(one -> one.toString().matches("1|1.0|true")))
            .containsExactly(true, false, true, false, true, false, true);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotInTheArrayIsRefusedAndNothingIsWritten(CellType type) throws Throwable {
        SharedCells cells = array(type, LENGTH);
        int[][] slices = {{-1, 3}, {3, 2}, {0, LENGTH + 1}, {LENGTH + 1, LENGTH + 1}};
        for (int[] slice : slices) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> call(cells, "slice", slice[0], slice[1]));
        }
        for (int from : new int[] {-1, LENGTH - 1, LENGTH, Integer.MAX_VALUE}) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> call(cells, "setSlice", from, alternating(type, 2)));
        }
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
            .isThrownBy(() -> call(cells, "copyTo", 0, primitives(type, 2), 1, 2));
        assertThat(listOf(call(cells, "toArray"))).isEqualTo(listOf(primitives(type, LENGTH)));
    }

    @ParameterizedTest
    @EnumSource
    void closedArraysGiveNothing(CellType type) throws Throwable {
        SharedCells cells = array(type, 0);
        assertThat(((Iterable<?>) cells).iterator().hasNext()).isFalse();
        cells.close();
        for (String name : List.of("toArray", "stream", "iterator", "length")) {
            assertThatIllegalStateException().isThrownBy(() -> call(cells, name));
        }
        assertThatIllegalStateException().isThrownBy(() -> call(cells, "slice", 0, 0));
        assertThatIllegalStateException().isThrownBy(() -> call(cells, "setSlice", 0, primitives(type, 0)));
    }

    @Test
    void aValueInBytesEndsAtTheFirstZeroAndLeavesWhatFollows() throws Exception {
        SharedByteArray bytes = (SharedByteArray) array(CellType.BYTE, 6);
        assertThat(bytes.value()).isEmpty();
        bytes.setValue(ascii("abcdef"));
        assertThat(bytes.value()).as("without room for a zero").isEqualTo(ascii("abcdef"));
        bytes.setValue(ascii("xy"));
        assertThat(bytes.value()).isEqualTo(ascii("xy"));
        assertThat(bytes.toArray()).isEqualTo(ascii("xy\0def"));
        bytes.setSlice(0, ascii("AB"));
        assertThat(bytes.toArray()).as("raw").isEqualTo(ascii("AB\0def"));
        bytes.setValue();
        assertThat(bytes.value()).isEmpty();
        assertThatExceptionOfType(ItemTooLongException.class).isThrownBy(() -> bytes.setValue(ascii("1234567")))
            .withMessageContaining("actual 7 bytes, expected at most 6");
        assertThat(bytes.toArray()).isEqualTo(ascii("\0B\0def"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
