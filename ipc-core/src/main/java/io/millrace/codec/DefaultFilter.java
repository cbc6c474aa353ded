package io.millrace.codec;

import java.io.ObjectInputFilter;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;

/** See {@link SerializableCodec#defaultFilter}. */
final class DefaultFilter implements ObjectInputFilter {
    static final DefaultFilter INSTANCE = new DefaultFilter();

    static final int DEPTH_MAX = 1000;

    private static final Set<String> JDK_PACKAGES = Set.of(
        "java.io", "java.lang", "java.math", "java.net", "java.sql", "java.text");
    private static final List<String> JDK_PACKAGE_TREES = List.of("java.nio.", "java.time.", "java.util.");
    private static final Set<String> JDK_CLASSES = Set.of(
        "java.lang.invoke.SerializedLambda", "java.lang.reflect.Proxy",
        "sun.util.calendar.ZoneInfo"); // what every java.util.TimeZone really is
    private static final Set<String> NOT_OF_THE_JDK = Set.of("java.net.URL");
    /** An exception that calls a method of whatever object it contains. */
    private static final String NO_EXCEPTIONS_FROM = "javax.management.";

    /** Where the well-known attacks find the classes with which a message runs any code. */
    private static final List<String> DANGEROUS = List.of(
        "bsh.", "clojure.", "com.alibaba.fastjson.", "com.caucho.", "com.fasterxml.jackson.databind.node.",
        "com.mchange.v2.c3p0.", "com.rometools.", "com.sun.syndication.", "com.vaadin.", "groovy.", "javassist.",
        "net.sf.json.", "org.apache.bcel.", "org.apache.click.", "org.apache.commons.beanutils.",
        "org.apache.commons.collections.functors.", "org.apache.commons.collections4.functors.",
        "org.apache.commons.configuration.", "org.apache.commons.dbcp.", "org.apache.commons.dbcp2.",
        "org.apache.commons.fileupload.", "org.apache.myfaces.", "org.apache.wicket.util.upload.",
        "org.apache.xalan.", "org.aspectj.weaver.", "org.codehaus.groovy.", "org.hibernate.",
        "org.jboss.interceptor.", "org.jboss.weld.", "org.mozilla.javascript.", "org.python.",
        "org.springframework.aop.", "org.springframework.beans.", "org.springframework.core.",
        "org.springframework.transaction.");

    private DefaultFilter() { }

    @Override
    public Status checkInput(FilterInfo info) {
        if (info.depth() > DEPTH_MAX) {
            return Status.REJECTED;
        }
        Class<?> type = info.serialClass();
        if (type == null) {
            return Status.UNDECIDED;
        }
        while (type.isArray()) {
            type = type.getComponentType();
        }
        return isWelcome(type) ? Status.ALLOWED : Status.REJECTED;
    }

    private static boolean isWelcome(Class<?> type) {
        if (type.isPrimitive() || Proxy.isProxyClass(type)) {
            return true;
        }
        String name = type.getName();
        ClassLoader loader = type.getClassLoader();
        if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
            return isWelcomeOfTheJdk(type, name);
        }
        return DANGEROUS.stream().noneMatch(name::startsWith);
    }

    private static boolean isWelcomeOfTheJdk(Class<?> type, String name) {
        if (NOT_OF_THE_JDK.contains(name)) {
            return false;
        }
        return JDK_PACKAGES.contains(type.getPackageName()) || JDK_CLASSES.contains(name)
            || JDK_PACKAGE_TREES.stream().anyMatch(name::startsWith)
            || Throwable.class.isAssignableFrom(type) && !name.startsWith(NO_EXCEPTIONS_FROM);
    }
}
