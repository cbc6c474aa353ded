package io.millrace.atomic;

import io.millrace.atomic.CellHome.CellObject;
import io.millrace.atomic.CellHome.Place;
import io.millrace.format.Segment;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;

/**
 * Makes or opens something that is made of cells. Whoever opens gives the name and the domain; values, lengths and
 * padding are as the creator chose.
 *
 * <p><b>Who may call it:</b> one thread at a time.
 *
 * @param <T> what is made or opened
 */
public final class CellsBuilder<T> {
    private final CellFormat<T> format;
    private Path domain;
    private String name;

    CellsBuilder(CellFormat<T> format) {
        this.format = format;
    }

    /** The name in the domain: 1 to 100 letters, digits, '-', '_' and '.'. Without one it is anonymous. */
    public CellsBuilder<T> name(String text) {
        name = Objects.requireNonNull(text);
        return this;
    }

    /** The domain's directory; otherwise the default domain's. */
    public CellsBuilder<T> domain(Path path) {
        domain = Objects.requireNonNull(path);
        return this;
    }

    /**
     * Each element of an array in cache lines of its own, 128 bytes apart, so that threads that change different ones
     * do not disturb each other; otherwise they stand side by side. A single value has lines of its own anyway.
     *
     * @throws IllegalStateException if what is made is no array
     */
    public CellsBuilder<T> padded() {
        if (!(format instanceof ValueFormat<T> values) || !values.isArray()) {
            throw new IllegalStateException("padding of a " + format.kind().name() + ": only arrays have elements");
        }
        values.pad();
        return this;
    }

    /**
     * Makes or opens what a function makes of it, such as a view that knows what the bytes mean. If the function
     * throws, nothing stays open.
     */
    public <V> CellsBuilder<V> map(Function<? super T, ? extends V> function) {
        CellsBuilder<V> mapped = new CellsBuilder<>(new Mapped<T, V>(format, function));
        mapped.domain = domain;
        mapped.name = name;
        return mapped;
    }

    /**
     * Makes it.
     *
     * @throws NoCellHomeException if nothing on the class path knows where
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
     * @throws NoCellHomeException if nothing on the class path knows where
     * @throws IllegalStateException if no name was given
     * @throws UncheckedIOException if it cannot be opened: if there is none, with {@link NoSuchFileException} as the
     *     cause; if it is something else, such as a value of another type, or damaged, with
     *     {@link io.millrace.format.SegmentFormatException}
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
     * Opens it, or makes it if there is none; then an array is as long as the one who made it chose.
     *
     * @throws NoCellHomeException if nothing on the class path knows where
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
        return over(Homes.home().create(new Place(domain, name), format.kind(), format.length(), format::initialise));
    }

    private T opened() throws IOException {
        return over(Homes.home().open(new Place(domain, name), format.kind()));
    }

    private T over(CellObject object) throws IOException {
        try {
            return format.over(object);
        } catch (IOException | RuntimeException | Error e) {
            object.close();
            throw e;
        }
    }

    private record Mapped<S, V>(CellFormat<S> source, Function<? super S, ? extends V> function)
        implements CellFormat<V> {
        @Override
        public SegmentKind kind() {
            return source.kind();
        }

        @Override
        public long length() {
            return source.length();
        }

        @Override
        public void initialise(Region body) {
            source.initialise(body);
        }

        @Override
        public V over(CellObject object) throws IOException {
            return function.apply(source.over(object));
        }
    }

    private void checkName() {
        if (name == null) {
            throw new IllegalStateException("a " + format.kind().name() + " is opened by its name, and none was given");
        }
    }
}
