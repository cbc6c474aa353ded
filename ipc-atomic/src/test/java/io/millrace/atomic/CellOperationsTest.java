package io.millrace.atomic;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.atomic.CellSubject.Both;
import io.millrace.atomic.ValueFormat.Initial;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation does to a cell of every type what it says, returns what it says, and leaves the neighbours alone. */
class CellOperationsTest {
    private static final int CELLS = 5;
    private static final int ROUNDS = 400;
    private static final long[] EDGES = {0, 1, -1, Byte.MAX_VALUE, Byte.MIN_VALUE, 255, 256, Short.MAX_VALUE,
        Short.MIN_VALUE, 65_535, 40_000, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE};

    @TempDir
    Path directory;

    private final long seed = Long.getLong("millrace.seed", System.nanoTime());
    private final Random random = new Random(seed);

    static Stream<Arguments> typesAndSubjects() {
        return Stream.of(CellType.values())
            .flatMap(type -> Stream.of(CellSubject.values()).map(subject -> Arguments.of(type, subject)));
    }

    @ParameterizedTest
    @MethodSource("typesAndSubjects")
    void operationsOnElementsDoWhatTheySay(CellType type, CellSubject subject) throws Exception {
        Both<SharedCells> both =
            subject.both(new ValueFormat<>(type, CELLS, Initial.ZERO, type::array), directory);
        Object[] model = new Object[CELLS];
        Arrays.fill(model, narrow(type, 0));
        List<Method> operations = operations(both.here().getClass());
        for (int round = 0; round < ROUNDS; round++) {
            int index = random.nextInt(CELLS);
            Method operation = operations.get(random.nextInt(operations.size()));
            SharedCells handle = random.nextBoolean() ? both.here() : both.there();
            Step step = step(type, operation.getName(), model[index]);
            Object returned = invoke(operation, handle, index, step.arguments);
            assertThat(returned).as("%s%s of %s at %s, seed %s", operation.getName(), step.arguments, model[index],
                index, seed).isEqualTo(operation.getReturnType() == void.class ? null : step.returned);
            model[index] = step.after;
            Method get = handle.getClass().getMethod("get", int.class);
            for (int i = 0; i < CELLS; i++) {
                assertThat(get.invoke(both.there(), i)).as("element %s after %s of %s, seed %s", i,
                    operation.getName(), index, seed).isEqualTo(model[i]);
            }
        }
        both.here().close();
        both.there().close();
    }

    @ParameterizedTest
    @MethodSource("typesAndSubjects")
    void operationsOnOneValueDoWhatTheySay(CellType type, CellSubject subject) throws Exception {
        Both<SharedCells> both = subject.both(new ValueFormat<>(type, Initial.ZERO, type::value), directory);
        Object model = narrow(type, 0);
        List<Method> operations = operations(both.here().getClass());
        for (int round = 0; round < ROUNDS; round++) {
            Method operation = operations.get(random.nextInt(operations.size()));
            Step step = step(type, operation.getName(), model);
            Object returned = invoke(operation, random.nextBoolean() ? both.here() : both.there(), -1, step.arguments);
            assertThat(returned).as("%s%s of %s, seed %s", operation.getName(), step.arguments, model, seed)
                .isEqualTo(operation.getReturnType() == void.class ? null : step.returned);
            model = step.after;
            assertThat(both.there().contents()).as("after %s, seed %s", operation.getName(), seed)
                .isEqualTo(String.valueOf(model));
        }
        both.here().close();
        both.there().close();
    }

    /** What an operation is called with, is to return, and is to leave. */
    private record Step(List<Object> arguments, Object returned, Object after) { }

    private static List<Method> operations(Class<?> type) {
        List<Method> operations = new ArrayList<>();
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().matches("(get|set(?!Slice|Value)|compareAnd|.*AndGet).*")
                && !java.lang.reflect.Modifier.isStatic(method.getModifiers())
                && java.lang.reflect.Modifier.isPublic(method.getModifiers())) {
                operations.add(method);
            }
        }
        assertThat(operations).hasSizeGreaterThanOrEqualTo(8);
        return operations;
    }

    private Object invoke(Method method, SharedCells cells, int index, List<Object> arguments) throws Exception {
        List<Object> all = new ArrayList<>(arguments);
        if (index >= 0) {
            all.add(0, index);
        }
        Object[] converted = new Object[all.size()];
        for (int i = 0; i < converted.length; i++) {
            converted[i] = converted(all.get(i), method.getParameterTypes()[i]);
        }
        return method.invoke(cells, converted);
    }

    /** A number as the parameter wants it: wide ones for narrow cells, which lose the high bits there. */
    private static Object converted(Object value, Class<?> type) {
        if (value instanceof Character character && type == int.class) {
            return (int) character;
        }
        if (type == int.class) {
            return ((Number) value).intValue();
        }
        return value;
    }

    private Step step(CellType type, String name, Object seen) {
        Object value = narrow(type, random.nextBoolean() ? EDGES[random.nextInt(EDGES.length)] : random.nextLong());
        Object expected = random.nextBoolean() ? seen : value;
        switch (name) {
            case "get", "getAcquire", "getPlain":
                return new Step(List.of(), seen, seen);
            case "set", "setRelease", "setPlain":
                return new Step(List.of(value), null, value);
            case "getAndSet":
                return new Step(List.of(value), seen, value);
            case "compareAndSet":
                return new Step(List.of(expected, value), expected.equals(seen), expected.equals(seen) ? value : seen);
            case "compareAndExchange":
                return new Step(List.of(expected, value), seen, expected.equals(seen) ? value : seen);
            case "getAndUpdate", "updateAndGet":
                return of(name, List.of(twice(type)), seen, add(type, seen, seen));
            case "getAndAccumulate", "accumulateAndGet":
                return of(name, List.of(value, sum(type)), seen, add(type, seen, value));
            case "getAndAdd", "addAndGet":
                return of(name, List.of(type == CellType.CHAR ? (int) (char) value : value), seen,
                    add(type, seen, value));
            case "getAndIncrement", "incrementAndGet":
                return of(name, List.of(), seen, add(type, seen, narrow(type, 1)));
            case "getAndDecrement", "decrementAndGet":
                return of(name, List.of(), seen, add(type, seen, narrow(type, -1)));
            case "getAndMin":
                return new Step(List.of(value), seen, compare(seen, value) <= 0 ? seen : value);
            case "getAndMax":
                return new Step(List.of(value), seen, compare(seen, value) >= 0 ? seen : value);
            default:
                return new Step(List.of(value), seen, narrow(type, bits(name, number(seen), number(value))));
        }
    }

    private static Step of(String name, List<Object> arguments, Object before, Object after) {
        return new Step(arguments, name.startsWith("getAnd") ? before : after, after);
    }

    private static long bits(String name, long one, long other) {
        return name.endsWith("Or") ? one | other : name.endsWith("And") ? one & other : one ^ other;
    }

    @SuppressWarnings("unchecked") // both are of one type
    private static int compare(Object one, Object other) {
        return ((Comparable<Object>) one).compareTo(other);
    }

    private static long number(Object value) {
        return value instanceof Boolean truth ? truth ? 1 : 0
            : value instanceof Character character ? character : ((Number) value).longValue();
    }

    private static Object narrow(CellType type, long value) {
        return switch (type) {
            case LONG -> value;
            case INT -> (int) value;
            case DOUBLE -> (double) value;
            case FLOAT -> (float) value;
            case SHORT -> (short) value;
            case BYTE -> (byte) value;
            case BOOLEAN -> (value & 1) == 1;
            case CHAR -> (char) value;
        };
    }

    private static Object add(CellType type, Object one, Object other) {
        return switch (type) {
            case DOUBLE -> (Double) one + (Double) other;
            case FLOAT -> (Float) one + (Float) other;
            default -> narrow(type, number(one) + number(other));
        };
    }

    private static Object twice(CellType type) {
        return switch (type) {
            case LONG -> (LongUnaryOperator) value -> value + value;
            case DOUBLE, FLOAT -> (DoubleUnaryOperator) value -> value + value;
            default -> (IntUnaryOperator) value -> value + value;
        };
    }

    private static Object sum(CellType type) {
        return switch (type) {
            case LONG -> (LongBinaryOperator) Long::sum;
            case DOUBLE, FLOAT -> (DoubleBinaryOperator) Double::sum;
            default -> (IntBinaryOperator) Integer::sum;
        };
    }
}
