package io.millrace.codec;

import static io.millrace.codec.CodecSubject.encoded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.naming.NamingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be serialised, and what is said where it cannot. Filters have a test of their own. */
class SerializableCodecTest {
    private static final Codec<Object> CODEC = Codecs.serializable();

    /** Not serialisable. */
    static final class Socket { }

    /** Holds something, in a field. */
    record Holder(Object content) implements Serializable { }

    /** Holds something where only its superclass declares it. */
    static class Base implements Serializable {
        private static final long serialVersionUID = 1L;
        @SuppressWarnings("serial") // the point of it
        private final Object inherited;

        Base(Object inherited) {
            this.inherited = inherited;
        }
    }

    /** Adds nothing. */
    static final class Derived extends Base {
        private static final long serialVersionUID = 1L;

        Derived(Object inherited) {
            super(inherited);
        }
    }

    /** Work that can be sent. */
    interface Task<T> extends Callable<T>, Serializable { }

    /** Answers a proxy's calls. */
    record Answer(String text) implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return text;
        }
    }

    /** Calls this when it is written. */
    record Hook(String name) implements Serializable {
        static final ThreadLocal<Supplier<Object>> ACTION = new ThreadLocal<>();

        Object writeReplace() {
            return ACTION.get().get();
        }
    }

    static <E> Object decoded(Codec<E> codec, byte[] message) {
        return codec.decode(CodecContractTest.region(message));
    }

    private static Object sent(Object item) {
        return decoded(CODEC, encoded(CODEC, item));
    }

    static Stream<Arguments> graphsWithASocket() {
        String holder = Holder.class.getName();
        return Stream.of(
            Arguments.of(new Socket(), Socket.class.getName()),
            Arguments.of(new Holder(new Socket()), holder + ".content"),
            Arguments.of(new Derived(new Socket()),
                Derived.class.getName() + ".inherited"),
            Arguments.of(
                new Holder(List.of("a", new Holder(new Object[] {1, new Socket()}))),
                holder + ".content[1].content[1]"),
            Arguments.of(
                new Holder(new TreeMap<>(Map.of("a", 1, "b", new Socket()))), holder + ".content.value[1]"),
            Arguments.of(
                new Holder(Collections.singletonMap(new Socket(), 1)), holder + ".content.key[0]"));
    }

    @ParameterizedTest
    @MethodSource("graphsWithASocket")
    void anObjectThatCannotBeSerialisedIsNamedWithTheWayToIt(Object item, String path) {
        assertThatThrownBy(() -> encoded(CODEC, item)).isInstanceOf(EncodingException.class)
            .hasMessage("class " + Socket.class.getName() + " is not Serializable, at " + path);
    }

    @Test
    void whatALambdaCapturesIsNamedToo() {
        Socket captured = new Socket();
        Task<String> task = captured::toString;
        assertThatThrownBy(() -> encoded(CODEC, task)).isInstanceOf(EncodingException.class)
            .hasMessageStartingWith("class " + Socket.class.getName() + " is not Serializable, at ")
            .hasMessageContaining("Lambda");
    }

    @Test
    void wherePathsCannotBeFollowedTheRootIsNamed() {
        Hook.ACTION.set(Socket::new);
        assertThatThrownBy(() -> encoded(CODEC, new Holder(new Hook("x")))).isInstanceOf(EncodingException.class)
            .hasMessage("class " + Socket.class.getName() + " is not Serializable, somewhere in a "
                + Holder.class.getName());
    }

    @Test
    void circlesAreNoProblem() {
        Object[] circle = new Object[2];
        circle[0] = circle;
        assertThat((Object[]) sent(circle)).satisfies(arrived -> assertThat(arrived[0]).isSameAs(arrived));
        circle[1] = new Socket();
        assertThatThrownBy(() -> encoded(CODEC, circle)).hasMessageContaining("[Ljava.lang.Object;[1]");
    }

    @Test
    void whatAnObjectsOwnCodeThrowsIsTheCause() {
        RuntimeException reason = new UnsupportedOperationException("not now");
        Hook.ACTION.set(() -> {
            throw reason;
        });
        assertThatThrownBy(() -> encoded(CODEC, new Hook("x"))).isInstanceOf(EncodingException.class)
            .hasMessageContainingAll(Hook.class.getName(), "not now").hasCause(reason);
    }

    @Test
    void lambdasArriveWithWhatTheyCaptured() throws Exception {
        List<String> captured = List.of("a", "b");
        Task<Integer> task = captured::size;
        assertThat(((Task<?>) sent(task)).call()).isEqualTo(2);
        Comparator<Map.Entry<String, Integer>> order = Map.Entry.comparingByKey();
        assertThat(sent(order)).isInstanceOf(Comparator.class);
    }

    @Test
    void proxiesArrive() throws Exception {
        Object proxy = Proxy.newProxyInstance(Task.class.getClassLoader(), new Class<?>[] {Task.class},
            new Answer("yes"));
        assertThat(((Task<?>) sent(proxy)).call()).isEqualTo("yes");
    }

    @Test
    void exceptionsArriveWithTraceAndCause() {
        Exception exception = new IllegalStateException("outer", new IOException("inner"));
        exception.addSuppressed(new NamingException("of another package of the JDK"));
        Exception arrived = (Exception) sent(exception);
        assertThat(arrived).isInstanceOf(IllegalStateException.class).hasMessage("outer");
        assertThat(arrived.getCause()).isInstanceOf(IOException.class).hasMessage("inner");
        assertThat(arrived.getStackTrace()).isEqualTo(exception.getStackTrace());
        assertThat(arrived.getSuppressed()).hasSize(1);
    }

    @Test
    void anItemOfAnotherTypeIsRefusedOnEitherSide() {
        @SuppressWarnings({"unchecked", "rawtypes"}) // as happens with raw types
        Codec<Object> jobs = (Codec) Codecs.serializable(Job.class);
        assertThatThrownBy(() -> encoded(jobs, "text")).isInstanceOf(EncodingException.class)
            .hasMessageContainingAll("actual java.lang.String", "expected " + Job.class.getName());
        assertThatThrownBy(() -> decoded(jobs, encoded(CODEC, "text"))).isInstanceOf(DecodingException.class)
            .hasMessageContainingAll("actual java.lang.String", "expected " + Job.class.getName());
    }

    @Test
    void nullIsNoItem() throws Exception {
        assertThatThrownBy(() -> decoded(CODEC, serialised(null))).isInstanceOf(DecodingException.class)
            .hasMessageContaining("actual null");
    }

    @Test
    void aClassThatIsUnknownHereIsNamed() {
        byte[] message = encoded(CODEC, new Answer("yes"));
        byte[] name = Answer.class.getName().getBytes(StandardCharsets.US_ASCII);
        int at = indexOf(message, name);
        message[at + name.length - 1] = 'X';
        assertThatThrownBy(() -> decoded(CODEC, message)).isInstanceOf(DecodingException.class)
            .hasMessageContainingAll(Answer.class.getName().replace("Answer", "AnsweX"), "is unknown");
    }

    @Test
    void classesAreThoseOfTheContextClassLoader() throws Exception {
        byte[] message = encoded(CODEC, new Job("a", new ArrayList<>(), Map.of()));
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            assertThat(decoded(CODEC, message).getClass().getClassLoader()).isSameAs(loader);
            thread.setContextClassLoader(null);
            assertThat(decoded(CODEC, message)).isInstanceOf(Job.class);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void objectsSeeWhatTheCallerLeftInItsThreadAndMayUseCodecsThemselves() {
        Thread caller = Thread.currentThread();
        Hook.ACTION.set(() -> encoded(CODEC, "inner on " + (Thread.currentThread() == caller)));
        byte[] inner = (byte[]) sent(new Hook("outer"));
        assertThat(decoded(CODEC, inner)).isEqualTo("inner on true");
    }

    @Test
    void objectsThatAreNestedTooDeeplyToBeWrittenAreRefused() {
        Object chain = "end";
        for (int i = 0; i < 1_000_000; i++) {
            chain = new Holder(chain);
        }
        Object item = chain;
        assertThatThrownBy(() -> encoded(CODEC, item)).isInstanceOf(EncodingException.class)
            .hasMessageContainingAll(Holder.class.getName(), "nested too deeply");
        assertThat(sent("afterwards")).isEqualTo("afterwards");
    }

    @Test
    void decodingDoesNotNeedMoreThanTheMessage() {
        byte[] message = encoded(CODEC, List.of(1, 2, 3));
        byte[] around = new byte[message.length + 200];
        Arrays.fill(around, (byte) -1);
        System.arraycopy(message, 0, around, 100, message.length);
        Region slice = CodecContractTest.region(around).slice(100, message.length);
        assertThat(CODEC.decode(slice)).isEqualTo(List.of(1, 2, 3));
    }

    static byte[] serialised(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** Reading it is an attack; see {@link SerializationFilterTest}. */
    static final class Trap implements Serializable {
        private static final long serialVersionUID = 1L;
        static boolean sprung;

        private void readObject(ObjectInputStream in) {
            sprung = true;
        }
    }
}
