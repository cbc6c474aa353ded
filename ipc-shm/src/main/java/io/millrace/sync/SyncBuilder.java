package io.millrace.sync;

import io.millrace.domain.Domain;
import io.millrace.domain.SharedObject;
import io.millrace.format.Segment;
import io.millrace.format.SegmentKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;

/**
 * Makes or opens something that processes wait for each other by.
 *
 * <p><b>Who may call it:</b> one thread at a time.
 *
 * @param <T> what is made or opened
 */
public final class SyncBuilder<T> {
    /** Bytes of a body that nothing is in: what it is, is in front of it. */
    private static final int BODY_LENGTH = Long.BYTES;

    private final SegmentKind kind;
    private final Function<SharedObject, T> maker;
    private Path directory;
    private String name;

    SyncBuilder(SegmentKind kind, Function<SharedObject, T> maker) {
        this.kind = kind;
        this.maker = maker;
    }

    /** The name in the domain: 1 to 100 letters, digits, '-', '_' and '.'. Without one it is anonymous. */
    public SyncBuilder<T> name(String text) {
        name = Objects.requireNonNull(text);
        return this;
    }

    /** The domain's directory; otherwise the default domain's. */
    public SyncBuilder<T> domain(Path path) {
        directory = Objects.requireNonNull(path);
        return this;
    }

    /**
     * Makes it.
     *
     * @throws IllegalArgumentException if the name is not legal
     * @throws UncheckedIOException if it cannot be made: if there is something of that name, with
     *     {@link FileAlreadyExistsException} as the cause
     */
    public T create() {
        try {
            return made();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens what somebody made.
     *
     * @throws IllegalStateException if no name was given
     * @throws UncheckedIOException if it cannot be opened: if there is none, with {@link NoSuchFileException} as the
     *     cause; if it is something else, with {@link io.millrace.format.WrongKindException}
     */
    public T open() {
        checkName();
        try {
            return opened();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens it, or makes it if there is none.
     *
     * @throws IllegalStateException if no name was given
     * @throws UncheckedIOException if neither can be done
     */
    public T createOrOpen() {
        checkName();
        try {
            return Segment.openOrMake(this::opened, this::made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private T made() throws IOException {
        return maker.apply(SharedObject.create(join(), name, kind, BODY_LENGTH, (body, parts) -> { }));
    }

    private T opened() throws IOException {
        return maker.apply(SharedObject.open(join(), name, kind));
    }

    private Domain join() throws IOException {
        return directory == null ? Domain.join() : Domain.join(directory);
    }

    private void checkName() {
        if (name == null) {
            throw new IllegalStateException("a " + kind.name() + " is opened by its name, and none was given");
        }
    }
}
