package io.millrace.process;

import io.millrace.codec.EncodingException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Writes the task of a child. A lambda or a method reference becomes the name of its method and the values that it is
 * called with; of these only such as are neither texts nor boxes of primitives are serialized. All else is serialized
 * whole. Java's serialization costs the child tens of milliseconds, for it sets up much when it is first used.
 *
 * @see TaskDecoder
 */
final class TaskEncoder {
    /** A serialized task follows. */
    static final int WHOLE = 0;
    /** A static method by its class, name and types of parameters, and the values that it is called with, follow. */
    static final int STATIC_METHOD = 1;
    /** The same of a method that is called on the first value. */
    static final int METHOD = 2;

    static final int NULL = 'n';
    static final int BOOLEAN = 'z';
    static final int CHARACTER = 'c';
    static final int BYTE = 'b';
    static final int SHORT = 's';
    static final int INTEGER = 'i';
    static final int LONG = 'j';
    static final int FLOAT = 'f';
    static final int DOUBLE = 'd';
    static final int TEXT = 't';
    /** The next of the array of objects that is serialized behind the values. */
    static final int OBJECT = 'o';

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final List<Object> objects = new ArrayList<>();

    private TaskEncoder() { }

    /**
     * The task in bytes.
     *
     * @throws EncodingException if it or an argument cannot be serialized
     */
    static byte[] encode(JvmTask task) {
        try {
            BoundTask bound = bound(task);
            SerializedLambda lambda = lambda(bound.function());
            TaskEncoder encoder = new TaskEncoder();
            if (lambda == null || !encoder.writeCall(lambda, bound.arguments())) {
                encoder.out.write(WHOLE);
                encoder.serialize(task);
            }
            return encoder.bytes.toByteArray();
        } catch (IOException e) {
            throw new EncodingException("the task of a child, or one of its arguments, cannot be serialized", e);
        }
    }

    /** The name of the class that has the task; empty if there is none. */
    static String className(JvmTask task) {
        if (task == null) {
            return "";
        }
        Serializable function = bound(task).function();
        SerializedLambda lambda = lambda(function);
        return lambda == null ? function.getClass().getName() : typeName(lambda);
    }

    private static BoundTask bound(JvmTask task) {
        return task instanceof BoundTask given ? given : new BoundTask(task);
    }

    private static String typeName(SerializedLambda lambda) {
        return lambda.getImplClass().replace('/', '.');
    }

    /** The form in which a lambda would be serialized; null if this is none, or is not to be had. */
    private static SerializedLambda lambda(Serializable function) {
        if (!function.getClass().isHidden()) {
            return null;
        }
        try {
            Method writeReplace = function.getClass().getDeclaredMethod("writeReplace");
            return writeReplace.trySetAccessible() && writeReplace.invoke(function) instanceof SerializedLambda form
                ? form : null;
        } catch (ReflectiveOperationException e) {
            return null; // a hidden class of another origin: it is serialized as any object
        }
    }

    /** Writes the call; false, with nothing written, if a child could not make it. */
    private boolean writeCall(SerializedLambda lambda, Object... arguments) throws IOException {
        int kind = lambda.getImplMethodKind();
        boolean isStatic = kind == MethodHandleInfo.REF_invokeStatic;
        boolean isMethod = isStatic || kind == MethodHandleInfo.REF_invokeVirtual
            || kind == MethodHandleInfo.REF_invokeInterface || kind == MethodHandleInfo.REF_invokeSpecial;
        Method method = isMethod ? callable(lambda) : null;
        if (method == null) {
            return false;
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            values.add(lambda.getCapturedArg(i));
        }
        Collections.addAll(values, arguments);
        out.write(isStatic ? STATIC_METHOD : METHOD);
        write(method.getDeclaringClass().getName());
        write(method.getName());
        out.writeInt(method.getParameterCount());
        for (Class<?> parameter : method.getParameterTypes()) {
            write(parameter.getName());
        }
        out.writeInt(values.size());
        for (Object value : values) {
            writeValue(value);
        }
        if (!objects.isEmpty()) {
            serialize(objects.toArray());
        }
        return true;
    }

    /** The lambda's method if a child, which finds the same classes, can call it by its name; otherwise null. */
    private static Method callable(SerializedLambda lambda) {
        try {
            ClassLoader loader = ClassLoader.getSystemClassLoader();
            Class<?> type = Class.forName(typeName(lambda), false, loader);
            Method method = type.getDeclaredMethod(lambda.getImplMethodName(),
                MethodType.fromMethodDescriptorString(lambda.getImplMethodSignature(), loader).parameterArray());
            return method.trySetAccessible() ? method : null;
        } catch (ReflectiveOperationException | LinkageError | TypeNotPresentException e) {
            return null;
        }
    }

    private void writeValue(Object value) throws IOException {
        if (value == null) {
            out.write(NULL);
        } else if (value instanceof Boolean flag) {
            out.write(BOOLEAN);
            out.writeBoolean(flag);
        } else if (value instanceof Character character) {
            out.write(CHARACTER);
            out.writeChar(character);
        } else if (value instanceof Number number) {
            writeNumber(number);
        } else if (value instanceof String text && isWhole(text)) {
            out.write(TEXT);
            write(text);
        } else {
            writeObject(value);
        }
    }

    private void writeNumber(Number number) throws IOException {
        if (number instanceof Byte value) {
            out.write(BYTE);
            out.writeByte(value);
        } else if (number instanceof Short value) {
            out.write(SHORT);
            out.writeShort(value);
        } else if (number instanceof Integer value) {
            out.write(INTEGER);
            out.writeInt(value);
        } else if (number instanceof Long value) {
            out.write(LONG);
            out.writeLong(value);
        } else if (number instanceof Float value) {
            out.write(FLOAT);
            out.writeInt(Float.floatToRawIntBits(value));
        } else if (number instanceof Double value) {
            out.write(DOUBLE);
            out.writeLong(Double.doubleToRawLongBits(value));
        } else {
            writeObject(number);
        }
    }

    private void writeObject(Object value) throws IOException {
        out.write(OBJECT);
        objects.add(value);
    }

    /** Whether UTF-8 can hold it: it has no half of a pair. */
    private static boolean isWhole(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private void write(String text) throws IOException {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(encoded.length);
        out.write(encoded);
    }

    private void serialize(Object object) throws IOException {
        ObjectOutputStream stream = new ObjectOutputStream(out);
        stream.writeObject(object);
        stream.flush();
    }
}
