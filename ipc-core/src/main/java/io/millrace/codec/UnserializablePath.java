package io.millrace.codec;

import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * Finds out how one gets from an object to the one in it that cannot be serialised, for the message of an exception.
 * It looks where default serialization looks, nearest first; objects that write themselves in their own way may keep
 * the way to themselves.
 */
final class UnserializablePath {
    private static final int OBJECTS_MAX = 10_000;

    private final String culprit;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Queue<Step> ahead = new ArrayDeque<>();

    private UnserializablePath(String culprit) {
        this.culprit = culprit;
    }

    /** What is to be said of an object in which one of class {@code culprit} cannot be serialised. */
    static String describe(Object root, String culprit) {
        String path = new UnserializablePath(culprit).from(root);
        return "class " + culprit + " is not Serializable"
            + (path == null ? ", somewhere in a " + root.getClass().getName() : ", at " + path);
    }

    private String from(Object root) {
        add(root, root.getClass().getName());
        for (Step step = ahead.poll(); step != null && seen.size() < OBJECTS_MAX; step = ahead.poll()) {
            Class<?> type = step.object().getClass();
            if (type.getName().equals(culprit) && !(step.object() instanceof Serializable)) {
                return step.path();
            }
            try {
                addContentsOf(step.object(), type, step.path());
            } catch (RuntimeException e) {
                // The collection does not let itself be looked through. The way may lead past it.
                continue;
            }
        }
        return null;
    }

    private void addContentsOf(Object object, Class<?> type, String path) {
        boolean isOfTheJdk = type.getClassLoader() == null;
        if (object instanceof Object[] elements) {
            for (int i = 0; i < elements.length; i++) {
                add(elements[i], path + "[" + i + "]");
            }
        } else if (isOfTheJdk && object instanceof Collection<?> elements) {
            int i = 0;
            for (Object element : elements) {
                add(element, path + "[" + i++ + "]");
            }
        } else if (isOfTheJdk && object instanceof Map<?, ?> map) {
            int i = 0;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                add(entry.getKey(), path + ".key[" + i + "]");
                add(entry.getValue(), path + ".value[" + i++ + "]");
            }
        } else if (type.isHidden() || !replacesItself(type)) {
            addFieldsOf(object, type, path);
        }
    }

    private void addFieldsOf(Object object, Class<?> type, String path) {
        for (Class<?> part = type; part != null && Serializable.class.isAssignableFrom(part);
            part = part.getSuperclass()) {
            for (Field field : part.getDeclaredFields()) {
                boolean isLeftOut = (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) != 0;
                if (!isLeftOut && !field.getType().isPrimitive() && field.trySetAccessible()) {
                    add(valueOf(field, object), path + "." + field.getName());
                }
            }
        }
    }

    private static Object valueOf(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // it was made accessible
        }
    }

    /** Then its fields are not what is serialised. Not so with a lambda, which is hidden. */
    private static boolean replacesItself(Class<?> type) {
        for (Class<?> part = type; part != null; part = part.getSuperclass()) {
            for (Method method : part.getDeclaredMethods()) {
                if (method.getName().equals("writeReplace") && method.getParameterCount() == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private void add(Object object, String path) {
        if (object != null && seen.add(object)) {
            ahead.add(new Step(object, path));
        }
    }

    /** An object and how one gets to it. */
    private record Step(Object object, String path) { }
}
