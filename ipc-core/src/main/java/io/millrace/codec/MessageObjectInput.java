package io.millrace.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;

/** Reads an object under a filter, with the classes that the thread's context class loader knows. */
final class MessageObjectInput extends ObjectInputStream {
    private final ClassLoader loader;

    MessageObjectInput(InputStream in, ObjectInputFilter filter) throws IOException {
        super(in);
        setObjectInputFilter(filter);
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        loader = context == null ? ClassLoader.getSystemClassLoader() : context;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
        try {
            return Class.forName(description.getName(), false, loader);
        } catch (ClassNotFoundException e) {
            return super.resolveClass(description); // knows the primitive types too
        }
    }

    @Override
    @SuppressWarnings("deprecation") // the only way to the class of a proxy without a proxy
    protected Class<?> resolveProxyClass(String[] names) throws ClassNotFoundException {
        ClassLoader home = loader;
        Class<?>[] interfaces = new Class<?>[names.length];
        for (int i = 0; i < names.length; i++) {
            interfaces[i] = Class.forName(names[i], false, loader);
            if (!Modifier.isPublic(interfaces[i].getModifiers())) {
                home = interfaces[i].getClassLoader(); // nobody else may implement it
            }
        }
        try {
            return Proxy.getProxyClass(home, interfaces);
        } catch (IllegalArgumentException e) {
            throw new ClassNotFoundException("of a proxy: " + String.join(", ", names), e);
        }
    }
}
