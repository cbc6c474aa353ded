package io.millrace.process;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/** Reads and runs the task of this child, as {@link TaskEncoder} wrote it. */
final class TaskDecoder {
    private final LaunchBytes in;

    private TaskDecoder(byte[] task) {
        this.in = new LaunchBytes(task);
    }

    /** Runs the task; what that throws goes on. */
    static void run(byte[] task) throws Throwable {
        new TaskDecoder(task).run();
    }

    private void run() throws Throwable {
        int kind = (int) in.number(1);
        switch (kind) {
            case TaskEncoder.WHOLE -> ((JvmTask) deserialize()).run();
            case TaskEncoder.STATIC_METHOD, TaskEncoder.METHOD -> call(kind == TaskEncoder.STATIC_METHOD);
            default -> throw new IOException("kind of task in a launch record: actual " + kind
                + ", expected 0 to 2");
        }
    }

    private void call(boolean isStatic) throws Throwable {
        Class<?> type = type(in.text());
        String name = in.text();
        Class<?>[] parameters = new Class<?>[in.count()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = type(in.text());
        }
        Method method = type.getDeclaredMethod(name, parameters);
        method.setAccessible(true); // a lambda's method is private
        Object[] values = values();
        try {
            if (isStatic) {
                method.invoke(null, values);
            } else {
                method.invoke(values[0], Arrays.copyOfRange(values, 1, values.length));
            }
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object[] values() throws IOException, ClassNotFoundException {
        Object[] values = new Object[in.count()];
        int[] places = new int[values.length];
        int objects = 0;
        for (int i = 0; i < values.length; i++) {
            int type = (int) in.number(1);
            if (type == TaskEncoder.OBJECT) {
                places[objects] = i;
                objects++;
            } else {
                values[i] = value(type);
            }
        }
        if (objects > 0) {
            Object[] serialized = (Object[]) deserialize();
            for (int i = 0; i < objects; i++) {
                values[places[i]] = serialized[i];
            }
        }
        return values;
    }

    private Object value(int type) throws IOException {
        return switch (type) {
            case TaskEncoder.NULL -> null;
            case TaskEncoder.BOOLEAN -> in.flag();
            case TaskEncoder.CHARACTER -> (char) in.number(Character.BYTES);
            case TaskEncoder.BYTE -> (byte) in.number(Byte.BYTES);
            case TaskEncoder.SHORT -> (short) in.number(Short.BYTES);
            case TaskEncoder.INTEGER -> (int) in.number(Integer.BYTES);
            case TaskEncoder.LONG -> in.number(Long.BYTES);
            case TaskEncoder.FLOAT -> Float.intBitsToFloat((int) in.number(Float.BYTES));
            case TaskEncoder.DOUBLE -> Double.longBitsToDouble(in.number(Double.BYTES));
            case TaskEncoder.TEXT -> in.text();
            default -> throw new IOException("type of a value in a launch record: actual " + type
                + ", expected one of nzcbsijfdto");
        };
    }

    private Object deserialize() throws IOException, ClassNotFoundException {
        try (ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(in.rest()))) {
            return stream.readObject();
        }
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return switch (name) {
            case "boolean" -> boolean.class;
            case "char" -> char.class;
            case "byte" -> byte.class;
            case "short" -> short.class;
            case "int" -> int.class;
            case "long" -> long.class;
            case "float" -> float.class;
            case "double" -> double.class;
            default -> Class.forName(name, false, ClassLoader.getSystemClassLoader());
        };
    }
}
