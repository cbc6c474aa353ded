package io.millrace.ring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A ring of any kind, in any place, from any position. */
record MessageSubject(String name, long position, Opener opener) {
    /** Makes the ring. */
    interface Opener {
        MessageRing open(Path directory) throws IOException;
    }

    static Stream<MessageSubject> all() {
        return Stream.concat(RingSubject.all().map(MessageSubject::of), MpmcSubject.all().map(MessageSubject::of));
    }

    private static MessageSubject of(RingSubject subject) {
        return new MessageSubject("SPSC: " + subject, subject.position(),
            directory -> new SpscMessageRing(subject.open(directory, RingContract.CAPACITY)));
    }

    private static MessageSubject of(MpmcSubject subject) {
        return new MessageSubject("MPMC: " + subject, subject.position(),
            directory -> new MpmcMessageRing(subject.open(directory)));
    }

    @Override
    public String toString() {
        return name;
    }
}
