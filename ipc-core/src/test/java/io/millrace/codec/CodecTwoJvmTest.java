package io.millrace.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.memory.MappedFile;
import io.millrace.memory.MemoryBackend;
import io.millrace.memory.Region;
import io.millrace.testing.ChildJvm;
import io.millrace.testing.Jdk;
import io.millrace.testing.ParentJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A message that one JVM encodes is an item in another, in both memory modes and on two JDKs. */
@Timeout(60)
class CodecTwoJvmTest {
    @TempDir
    Path directory;

    @Test
    void messagesOfEveryCodecAreUnderstoodByAJvmInTheOtherMemoryMode() throws Exception {
        echo(Jdk.current(),
            MemoryBackend.current() == MemoryBackend.AGRONA ? MemoryBackend.VARHANDLE : MemoryBackend.AGRONA);
    }

    @ParameterizedTest
    @EnumSource
    void messagesOfEveryCodecAreUnderstoodByAJvmOfTheOtherJdk(MemoryBackend backend) throws Exception {
        assumeThat(Jdk.other()).as("property " + Jdk.OTHER_JDK).isPresent();
        echo(Jdk.other().orElseThrow(), backend);
    }

    private void echo(Jdk jdk, MemoryBackend backend) throws Exception {
        Path path = directory.resolve("message");
        List<CodecSubject<?>> subjects = CodecSubject.all().toList();
        try (MappedFile file = MappedFile.createUnpublished(path, CodecSubject.LENGTH_MAX)) {
            file.publish();
            try (ChildJvm child = ChildJvm.of(Echo.class).on(jdk).with(backend).start(path)) {
                child.awaitLine(backend + " on " + jdk.feature());
                for (int i = 0; i < subjects.size(); i++) {
                    echo(child, file.region(), i, subjects.get(i));
                }
            }
        }
    }

    /** The child decodes each message and encodes what it got; an item that was misunderstood comes back different. */
    private static <E> void echo(ChildJvm child, Region shared, int index, CodecSubject<E> subject) throws Exception {
        for (E item : subject.items().subList(0, subject.edges().size() + 20)) {
            int length = encode(subject.codec(), item, shared);
            child.send(index + " " + length);
            int lengthBack = Integer.parseInt(child.awaitLine());
            assertThat((Object) subject.codec().decode(shared.slice(0, lengthBack))).as("%s", subject).isEqualTo(item);
        }
    }

    private static <E> int encode(Codec<E> codec, E item, Region shared) {
        try (MessageBuffer buffer = MessageBuffer.borrow()) {
            codec.encode(item, buffer);
            shared.putBytes(0, buffer.message(), 0, buffer.length());
            return buffer.length();
        }
    }

    /** The child's part. */
    static final class Echo {
        public static void main(String[] arguments) throws Exception {
            List<CodecSubject<?>> subjects = CodecSubject.all().toList();
            ParentJvm parent = new ParentJvm();
            try (MappedFile file = MappedFile.open(Path.of(arguments[0]))) {
                parent.say(MemoryBackend.current() + " on " + Runtime.version().feature());
                while (true) { // until the parent ends this JVM
                    String[] words = parent.awaitLine().split(" ");
                    Codec<?> codec = subjects.get(Integer.parseInt(words[0])).codec();
                    parent.say(Integer.toString(back(codec, file.region(), Integer.parseInt(words[1]))));
                }
            }
        }

        private static <E> int back(Codec<E> codec, Region shared, int length) {
            E item = codec.decode(shared.slice(0, length));
            shared.fill(0, length, (byte) 0);
            return encode(codec, item, shared);
        }
    }
}
