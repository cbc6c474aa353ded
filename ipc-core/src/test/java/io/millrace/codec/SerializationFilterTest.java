package io.millrace.codec;

import static io.millrace.codec.CodecSubject.encoded;
import static io.millrace.codec.SerializableCodecTest.decoded;
import static io.millrace.codec.SerializableCodecTest.serialised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsh.Interpreter;
import io.millrace.testing.ChildJvm;
import io.millrace.testing.ParentJvm;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.sql.Timestamp;
import java.text.DecimalFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Random;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.BadAttributeValueExpException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in by which filter, and who hears of it. */
@Timeout(60)
class SerializationFilterTest {
    private static final SerializableCodec<Object> CODEC = Codecs.serializable();

    @BeforeEach
    void setTheTrap() {
        SerializableCodecTest.Trap.sprung = false;
    }

    static Stream<Arguments> whatProgramsSend() throws Exception {
        List<Integer> numbers = IntStream.range(0, 5_000).boxed().toList();
        Map<Integer, Integer> sparse = new HashMap<>(16, 0.25f);
        Map<Object, Object> identities = new IdentityHashMap<>();
        Map<Thread.State, String> states = new EnumMap<>(Thread.State.class);
        for (Integer number : numbers) {
            sparse.put(number, 0);
            identities.put(number, number);
        }
        states.put(Thread.State.NEW, "new");
        return arguments(
            "text", 'c', 1, 2L, 3.0, 4.0f, (short) 5, (byte) 6, true, new StringBuilder("builder"),
            new int[][] {{1}, {2, 3}}, new String[] {"a", null}, Thread.State.NEW, Integer.class, int.class,
            BigInteger.TEN.pow(100), new BigDecimal("1.5"), UUID.randomUUID(), Locale.ROOT, Currency.getInstance("EUR"),
            new ArrayList<>(numbers), new LinkedList<>(numbers), new Vector<>(1000), new ArrayDeque<>(numbers),
            new PriorityQueue<>(numbers), new CopyOnWriteArrayList<>(numbers), new ArrayBlockingQueue<>(10_000),
            new LinkedBlockingDeque<>(numbers), numbers, List.of(), List.of(1), Arrays.asList(1, 2),
            Collections.nCopies(1000, "x"), Collections.unmodifiableList(numbers), Collections.emptyMap(),
            sparse, identities, states, Map.of(1, 2, 3, 4), new HashSet<>(numbers), new Hashtable<>(sparse),
            new LinkedHashMap<>(sparse), new TreeMap<>(Comparator.<Integer>reverseOrder()), new Properties(),
            new ConcurrentHashMap<>(sparse), new ConcurrentSkipListMap<>(sparse), Collections.synchronizedMap(sparse),
            EnumSet.allOf(Thread.State.class), BitSet.valueOf(new long[] {1, 2, 3}), new AtomicLong(7),
            new AtomicReferenceArray<>(100), new Random(1), TimeUnit.DAYS,
            Instant.EPOCH, LocalDate.EPOCH, ZonedDateTime.now(), Duration.ZERO, new Timestamp(7),
            new GregorianCalendar(), TimeZone.getTimeZone("Europe/Berlin"), new DecimalFormat("0.0"),
            URI.create("a:b"), InetAddress.getLoopbackAddress(),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
            new File("f"), new IOException("e"), new NoSuchFileException("f"), new StackOverflowError(),
            Job.random(new Random(2), 4));
    }

    private static Stream<Arguments> arguments(Object... items) {
        return Stream.of(items).map(item -> Arguments.of(item)); // one each, also if it is an array
    }

    @ParameterizedTest(name = "[{index}]")
    @MethodSource("whatProgramsSend")
    void theDefaultFilterLetsInWhatProgramsSend(Object item) {
        assertThat(decoded(CODEC, encoded(CODEC, item))).isInstanceOf(item.getClass());
    }

    static Stream<Arguments> whatAttacksSend() throws Exception {
        return arguments(new Interpreter(), new Interpreter[0], List.of(new Interpreter()),
            new BadAttributeValueExpException("x"), new URL("http", "localhost", "/"),
            new javax.swing.event.EventListenerList(), new javax.security.auth.x500.X500Principal("CN=x"));
    }

    @ParameterizedTest(name = "[{index}]")
    @MethodSource("whatAttacksSend")
    void theDefaultFilterRejectsWhatAttacksSendOnEitherSide(Object item) throws Exception {
        String name = item instanceof List<?> list ? list.get(0).getClass().getName() : item.getClass().getName();
        assertThatThrownBy(() -> encoded(CODEC, item)).isInstanceOf(EncodingException.class)
            .hasMessageContainingAll("class " + name, "rejected: by the default filter", "withFilter");
        byte[] message = serialised(item);
        assertThatThrownBy(() -> decoded(CODEC, message)).isInstanceOf(DecodingException.class)
            .hasMessageContainingAll("class " + name, "rejected: by the default filter", "withFilter");
    }

    @Test
    void theUsersFilterOverrulesTheDefaultOne() throws Exception {
        SerializableCodec<Object> codec =
            CODEC.withFilter(ObjectInputFilter.Config.createFilter("java.net.URL;bsh.Interpreter"));
        URL url = new URL("http", "localhost", "/");
        assertThat(decoded(codec, encoded(codec, url))).isInstanceOf(URL.class);
        assertThat(decoded(codec, encoded(codec, new Interpreter()))).isInstanceOf(Interpreter.class);
        // What it leaves undecided, the default filter decides.
        assertThat(decoded(codec, encoded(codec, "text"))).isEqualTo("text");
        assertThatThrownBy(() -> encoded(codec, new BadAttributeValueExpException("x")))
            .isInstanceOf(EncodingException.class).hasMessageContaining("by the default filter");
    }

    @Test
    void whatTheUsersFilterRejectsIsNotEvenReadAndNotWritten() throws Exception {
        SerializableCodec<Object> codec = CODEC.withFilter(
            ObjectInputFilter.Config.createFilter("!" + SerializableCodecTest.Trap.class.getName()));
        SerializableCodecTest.Trap trap = new SerializableCodecTest.Trap();
        byte[] message = serialised(new Serializable[] {trap});
        assertThatThrownBy(() -> decoded(codec, message)).isInstanceOf(DecodingException.class)
            .hasMessageContainingAll(trap.getClass().getName(), "rejected: by the filter that the codec was given");
        assertThatThrownBy(() -> encoded(codec, trap)).isInstanceOf(EncodingException.class)
            .hasMessageContainingAll(trap.getClass().getName(), "rejected: by the filter that the codec was given");
        assertThat(SerializableCodecTest.Trap.sprung).isFalse();

        decoded(CODEC, message);
        assertThat(SerializableCodecTest.Trap.sprung).as("without that filter").isTrue();
    }

    @Test
    void theDefaultFilterCanBeAskedForByFiltersOfOnesOwn() {
        SerializableCodec<Object> codec = CODEC.withFilter(
            ObjectInputFilter.merge(ObjectInputFilter.Config.createFilter("maxrefs=10"),
                SerializableCodec.defaultFilter()));
        assertThat(decoded(codec, encoded(codec, "text"))).isEqualTo("text");
        assertThatThrownBy(() -> decoded(codec, encoded(codec, new Object[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})))
            .isInstanceOf(DecodingException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000_000, Integer.MAX_VALUE})
    void anArrayThatIsLongerThanTheMessageIsNotMade(int claimed) {
        byte[] message = encoded(CODEC, new long[] {1, 2, 3});
        // The length stands before the elements, in big-endian order, as all of Java serialization.
        ByteBuffer.wrap(message).putInt(message.length - 3 * Long.BYTES - Integer.BYTES, claimed);
        SerializableCodec<Object> lax = CODEC.withFilter(info -> ObjectInputFilter.Status.ALLOWED);
        for (SerializableCodec<Object> codec : List.of(CODEC, lax)) {
            assertThatThrownBy(() -> decoded(codec, message)).isInstanceOf(DecodingException.class)
                .hasMessageContainingAll("an array of " + claimed + " elements",
                    "a message of " + message.length + " bytes");
        }
    }

    @Test
    void objectsThatAreNestedTooDeeplyAreRejected() throws Exception {
        assertThat(chainArrives(DefaultFilter.DEPTH_MAX - 1)).isEqualTo("arrived");
        assertThat(chainArrives(DefaultFilter.DEPTH_MAX + 1))
            .contains("by the default filter, at depth " + (DefaultFilter.DEPTH_MAX + 1));
    }

    /** In a thread with a stack on which so much fits. */
    private static String chainArrives(int depth) throws Exception {
        String[] result = {"nothing"};
        Thread thread = new Thread(null, () -> {
            Object chain = new Object[0];
            for (int i = 1; i < depth; i++) {
                chain = new Object[] {chain};
            }
            try {
                decoded(CODEC, encoded(CODEC, chain));
                result[0] = "arrived";
            } catch (DecodingException e) {
                result[0] = e.getMessage();
            }
        }, "deep", 64 << 20);
        thread.start();
        thread.join();
        return result[0];
    }

    @Test
    void theFilterOfTheWholeJvmIsAskedFirst() throws Exception {
        try (ChildJvm child = ChildJvm.of(UnderAFilterOfTheJvm.class)
            .property("jdk.serialFilter", "!" + Job.class.getName()).start()) {
            child.awaitLine("text arrives");
            child.awaitLine("EncodingException: class " + Job.class.getName()
                + " is rejected: by the filter of this JVM (jdk.serialFilter)");
            assertThat(child.awaitLine()).startsWith("DecodingException: ")
                .endsWith("class " + Job.class.getName()
                    + " is rejected: by the filter of this JVM (jdk.serialFilter)");
            child.awaitSuccess();
        }
    }

    /** The child's part. */
    static final class UnderAFilterOfTheJvm {
        public static void main(String[] arguments) throws IOException {
            ParentJvm parent = new ParentJvm();
            SerializableCodec<Object> lax = CODEC.withFilter(info -> ObjectInputFilter.Status.ALLOWED);
            parent.say(decoded(lax, encoded(lax, "text arrives")).toString());
            Job job = new Job("a", List.of(), Map.of());
            try {
                encoded(lax, job);
            } catch (EncodingException e) {
                parent.say("EncodingException: " + e.getMessage());
            }
            byte[] message = serialised(job);
            try {
                decoded(lax, message);
            } catch (DecodingException e) {
                parent.say("DecodingException: " + e.getMessage());
            }
        }
    }
}
