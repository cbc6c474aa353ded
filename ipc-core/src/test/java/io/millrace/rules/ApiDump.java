package io.millrace.rules;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What callers of the library can see: public types, and their public and protected members, one a line,
 * sorted. The same text on every JDK.
 */
final class ApiDump {
    private ApiDump() { }

    static List<String> of(Stream<Class<?>> types) {
        return types.filter(ApiDump::isVisible)
            .sorted((a, b) -> a.getName().compareTo(b.getName()))
            .flatMap(type -> Stream.concat(Stream.of(header(type)), members(type)))
            .toList();
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return !type.isSynthetic() && !type.isAnonymousClass() && isVisible(type.getModifiers())
            && (outer == null || isVisible(outer));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String header(Class<?> type) {
        String kind = type.isInterface() ? "interface " : type.isEnum() ? "enum "
            : type.isRecord() ? "record " : "class ";
        boolean impliedParent = type.isInterface() || type.isEnum() || type.isRecord()
            || type.getSuperclass() == Object.class;
        String parent = impliedParent ? "" : " extends " + type.getGenericSuperclass().getTypeName();
        String interfaces = type.getGenericInterfaces().length == 0 ? ""
            : " implements " + names(type.getGenericInterfaces());
        int implied = type.isInterface() ? Modifier.ABSTRACT | Modifier.INTERFACE : 0;
        return words(type.getModifiers() & ~implied) + kind + type.getName()
            + parameters(type.getTypeParameters()) + parent + interfaces;
    }

    private static Stream<String> members(Class<?> type) {
        Stream<String> fields = Stream.of(type.getDeclaredFields())
            .filter(field -> isVisible(field.getModifiers()) && !field.isSynthetic()).map(ApiDump::field);
        Stream<String> constructors = Stream.of(type.getDeclaredConstructors())
            .filter(ApiDump::isVisible).map(ApiDump::constructor);
        Stream<String> methods = Stream.of(type.getDeclaredMethods())
            .filter(ApiDump::isVisible).map(ApiDump::method);
        return Stream.of(fields, constructors, methods)
            .flatMap(group -> group.map(line -> "  " + line).sorted());
    }

    private static boolean isVisible(Executable member) {
        return isVisible(member.getModifiers()) && !member.isSynthetic();
    }

    private static String field(Field field) {
        return words(field.getModifiers()) + field.getGenericType().getTypeName() + " " + field.getName();
    }

    private static String constructor(Constructor<?> constructor) {
        return words(constructor.getModifiers()) + "new" + signature(constructor);
    }

    private static String method(Method method) {
        // The first two mean bridge and varargs here, and the third is nobody's business.
        int unseen = Modifier.VOLATILE | Modifier.TRANSIENT | Modifier.SYNCHRONIZED;
        return words(method.getModifiers() & ~unseen)
            + (method.isDefault() ? "default " : "") + spaced(parameters(method.getTypeParameters()))
            + method.getGenericReturnType().getTypeName() + " " + method.getName() + signature(method);
    }

    private static String signature(Executable member) {
        Type[] exceptions = member.getGenericExceptionTypes();
        return "(" + names(member.getGenericParameterTypes()) + ")"
            + (exceptions.length == 0 ? "" : " throws " + names(exceptions));
    }

    private static String parameters(TypeVariable<?>[] variables) {
        return variables.length == 0 ? "" : Stream.of(variables)
            .map(variable -> variable.getName() + " extends " + names(variable.getBounds()))
            .collect(Collectors.joining(", ", "<", ">"));
    }

    private static String names(Type[] types) {
        return Stream.of(types).map(Type::getTypeName).collect(Collectors.joining(", "));
    }

    private static String words(int modifiers) {
        return spaced(Modifier.toString(modifiers));
    }

    private static String spaced(String words) {
        return words.isEmpty() ? "" : words + " ";
    }
}
