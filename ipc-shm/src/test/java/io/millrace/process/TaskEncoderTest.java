package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codec.EncodingException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The task of a child as bytes, and what those do. */
class TaskEncoderTest {
    private static final List<Object> SEEN = new ArrayList<>();

    @BeforeEach
    void nothingHasBeenSeen() {
        SEEN.clear();
    }

    private static void run(JvmTask task) throws Throwable {
        TaskDecoder.run(TaskEncoder.encode(task));
    }

    private static boolean isSerialized(JvmTask task) {
        return new String(TaskEncoder.encode(task), StandardCharsets.ISO_8859_1).contains("\u00AC\u00ED");
    }

    private static void see(Object value) {
        SEEN.add(value);
    }

    private static void see(Integer number) {
        SEEN.add("number " + number);
    }

    private static void seeAsLong(long number) {
        SEEN.add("long " + number);
    }

    private static void seeFour(Object first, Object second, Object third, Object fourth) {
        SEEN.addAll(Arrays.asList(first, second, third, fourth));
    }

    private static void fail(String text) throws IOException {
        throw new IOException(text);
    }

    @Test
    void aMethodReferenceWithBoxedNumbersAndTextsIsNotSerializedAndGetsThem() throws Throwable {
        List<Object> values = Arrays.asList(true, 'x', (byte) -1, (short) -2, -3, 1L << 40, 0.5f, -0.25,
            "täxt \uD83D\uDE00",
            null);
        for (Object value : values) {
            JvmTask task = new BoundTask((JvmTask.Of1<Object>) TaskEncoderTest::see, value);
            assertThat(isSerialized(task)).isFalse();
            run(task);
        }
        assertThat(SEEN).isEqualTo(values);
    }

    @Test
    void fourArgumentsOfWhichSomeAreSerializedKeepTheirOrderAndTheirIdentity() throws Throwable {
        List<Integer> shared = new ArrayList<>(List.of(1));
        run(new BoundTask((JvmTask.Of4<Object, Object, Object, Object>) TaskEncoderTest::seeFour, shared, "second",
            List.of(shared), 4));
        assertThat(SEEN).isEqualTo(List.of(List.of(1), "second", List.of(List.of(1)), 4));
        assertThat(((List<?>) SEEN.get(2)).get(0)).isSameAs(SEEN.get(0));
    }

    @Test
    void aTextThatIsNotWholeInUTF8ArrivesAsItWas() throws Throwable {
        String half = "half a pair: \uD83D";
        run(new BoundTask((JvmTask.Of1<Object>) TaskEncoderTest::see, half));
        assertThat(SEEN).isEqualTo(List.of(half));
    }

    @Test
    void ofOverloadedMethodsTheRightOneIsCalledAndNumbersAreWidenedAsTheCompilerWould() throws Throwable {
        JvmTask.Of1<Integer> ofInteger = TaskEncoderTest::see;
        JvmTask.Of1<Integer> ofLong = TaskEncoderTest::seeAsLong;
        run(new BoundTask(ofInteger, 5));
        run(new BoundTask(ofLong, 6));
        assertThat(SEEN).isEqualTo(List.of("number 5", "long 6"));
    }

    @Test
    void aLambdaKeepsWhatItHasCaptured() throws Throwable {
        int[] numbers = {1, 2};
        String text = "text";
        run(() -> see(text + Arrays.toString(numbers)));
        run(new BoundTask((JvmTask.Of1<String>) further -> see(text + further), " and more"));
        assertThat(SEEN).isEqualTo(List.of("text[1, 2]", "text and more"));
    }

    @Test
    void aMethodIsCalledOnTheObjectItWasBoundToByThatObjectsOwnClass() throws Throwable {
        Greeter greeter = new LoudGreeter("hello");
        run(new BoundTask((JvmTask.Of1<String>) greeter::greet, "world"));
        run(new BoundTask((JvmTask.Of2<Greeter, String>) Greeter::greet, greeter, "again"));
        assertThat(SEEN).isEqualTo(List.of("HELLO world", "HELLO again"));
    }

    @Test
    void whatIsNoCallOfAMethodIsSerializedWhole() throws Throwable {
        JvmTask.Of1<String> constructor = SeenWhenMade::new;
        JvmTask object = new TaskObject("an object");
        assertThat(isSerialized(object)).isTrue();
        run(new BoundTask(constructor, "made"));
        run(object);
        assertThat(SEEN).isEqualTo(List.of("made", "an object"));
    }

    @Test
    void anExceptionOfTheTaskComesOutAsItWasThrown() {
        assertThatThrownBy(() -> run(new BoundTask((JvmTask.Of1<String>) TaskEncoderTest::fail, "as it should")))
            .isExactlyInstanceOf(IOException.class).hasMessage("as it should");
    }

    @Test
    void anArgumentThatCannotBeSerializedIsRefused() {
        Object unsendable = new Object();
        assertThatThrownBy(() -> TaskEncoder.encode(new BoundTask((JvmTask.Of1<Object>) TaskEncoderTest::see,
            unsendable))).isInstanceOf(EncodingException.class).hasMessageContaining("cannot be serialized");
    }

    @Test
    void damagedBytesAreRefusedAndNothingIsCalled() {
        byte[] task = TaskEncoder.encode(new BoundTask((JvmTask.Of2<Object, Object>) TaskEncoderTest::sees, 1, "two"));
        for (int length = 0; length < task.length; length++) {
            byte[] cut = Arrays.copyOf(task, length);
            assertThatThrownBy(() -> TaskDecoder.run(cut)).as("%d bytes of %d", length, task.length)
                .isInstanceOfAny(IOException.class, ReflectiveOperationException.class);
        }
        assertThat(SEEN).isEmpty();
    }

    private static void sees(Object first, Object second) {
        SEEN.addAll(List.of(first, second));
    }

    @Test
    void theClassThatHasATaskIsKnownByItsName() {
        assertThat(TaskEncoder.className(null)).isEmpty();
        assertThat(TaskEncoder.className(new TaskObject("an object"))).isEqualTo(TaskObject.class.getName());
        assertThat(TaskEncoder.className(new BoundTask((JvmTask.Of1<Object>) TaskEncoderTest::see, 1)))
            .isEqualTo(TaskEncoderTest.class.getName());
    }

    private interface Greeter extends Serializable {
        void greet(String whom);
    }

    private record LoudGreeter(String word) implements Greeter {
        @Override
        public void greet(String whom) {
            SEEN.add(word.toUpperCase(Locale.ROOT) + " " + whom);
        }
    }

    private record TaskObject(String text) implements JvmTask {
        @Override
        public void run() {
            SEEN.add(text);
        }
    }

    private static final class SeenWhenMade {
        SeenWhenMade(String text) {
            SEEN.add(text);
        }
    }
}
