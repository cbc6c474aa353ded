package io.millrace.atomic;

import io.millrace.atomic.CellHome.CellObject;
import io.millrace.format.CorruptSegmentException;
import io.millrace.format.SegmentKind;
import io.millrace.wait.Timeouts;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A list of items that processes share: nulls, booleans, numbers, texts and bytes, each of which another one of any of
 * these types may replace. How many there are is fixed, and so is the length of each slot: a slot that is made for a
 * text, or for bytes, takes the next multiple of 8 bytes above the length of that, in UTF-8; any other one takes 8.
 *
 * <p>Whole numbers are {@code Long} when they come back, others {@code Double}; texts and bytes come back exactly as
 * they were.
 *
 * <p><b>Who may call it:</b> any number of threads of any number of processes, each with a handle of its own or shared.
 *
 * <p><b>Memory consistency effects:</b> what precedes a change of an item is visible after a read that sees it. An item
 * is read whole; a walk over the list reads one item after the other, not all of the same instant.
 *
 * <p><b>Close and death:</b> a slot is a {@link SharedStruct}: a writer that dies leaves the item as it was or as it
 * was to be, readers wait for nobody, and writers of the same slot pass the dead. A named list stays until it is
 * removed; an anonymous one vanishes with its last user.
 *
 * <p><b>Cost:</b> that of a {@link SharedStruct} as long as the slot.
 *
 * <p><b>Errors:</b> an index that is not in the list is an {@link IndexOutOfBoundsException}; an item that does not fit
 * into its slot an {@link ItemTooLongException}, one of another type an {@link IllegalArgumentException}, and neither
 * changes anything. An item that no program can have written is an {@link UncheckedIOException} with a
 * {@link CorruptSegmentException}.
 */
public final class ShareableList extends SharedCells implements Iterable<Object> {
    static final String KIND_NAME = "list";

    private static final long serialVersionUID = 1;
    private static final SegmentKind KIND = new SegmentKind(KIND_NAME, 1, 1);

    private final transient StructTable table;
    private final transient StructAccess access;

    private ShareableList(CellObject object, StructTable table) {
        super(KIND_NAME, object);
        this.table = table;
        this.access = new StructAccess(object, StructsLayout.SIGNAL);
    }

    /** A new, anonymous list of these items, in the default domain. */
    public static ShareableList of(Object... items) {
        return builderOf(items).create();
    }

    /**
     * Makes a list of these items, with options.
     *
     * @throws IllegalArgumentException if an item is of another type
     */
    public static CellsBuilder<ShareableList> builderOf(Object... items) {
        return new CellsBuilder<>(format(items));
    }

    /** Opens a list by its name. */
    public static CellsBuilder<ShareableList> builder() {
        return builderOf();
    }

    static CellFormat<ShareableList> format(Object... items) {
        int[] lengths = Arrays.stream(items).mapToInt(ListItem::slotLength).toArray();
        byte[][] values = IntStream.range(0, items.length)
            .mapToObj(i -> ListItem.encode(items[i], lengths[i])).toArray(byte[][]::new);
        return new StructsFormat<>(KIND, lengths, values, ShareableList::new);
    }

    /** How many items there are. */
    public int size() {
        checkOpen();
        return table.count();
    }

    /** Reads an item. */
    public Object get(int index) {
        return decode(access.get(at(index)));
    }

    /** Replaces an item. */
    public void set(int index, Object item) throws InterruptedException {
        TwoBuffers slot = at(index);
        access.set(slot, ListItem.encode(item, slot.length()), Timeouts.FOREVER);
    }

    /** Replaces an item; waits so long for other writers of its slot; whether it was replaced. */
    public boolean set(int index, Object item, Duration timeout) throws InterruptedException {
        TwoBuffers slot = at(index);
        return access.set(slot, ListItem.encode(item, slot.length()), Timeouts.nanos(timeout));
    }

    /** Replaces an item by what the function makes of it, as one step. The function may be called several times. */
    public void update(int index, UnaryOperator<Object> function) throws InterruptedException {
        access.update(at(index), buffer -> {
            byte[] slot = buffer.array();
            byte[] after = ListItem.encode(function.apply(decode(slot)), slot.length);
            System.arraycopy(after, 0, slot, 0, slot.length);
        });
    }

    /** Waits until the condition holds for an item; whether it came to that in time. */
    public boolean await(int index, Predicate<Object> condition, Duration timeout) throws InterruptedException {
        return access.await(at(index), () -> condition.test(get(index)), Timeouts.nanos(timeout));
    }

    /** The index of the first item that equals this one, of bytes by their contents; -1 if there is none. */
    public int indexOf(Object item) {
        Object normal = ListItem.normal(item);
        return IntStream.range(0, size()).filter(i -> ListItem.areEqual(get(i), normal)).findFirst().orElse(-1);
    }

    /** How many items equal this one. */
    public int count(Object item) {
        Object normal = ListItem.normal(item);
        return (int) IntStream.range(0, size()).filter(i -> ListItem.areEqual(get(i), normal)).count();
    }

    /** Bytes that a text or bytes may have to be in that slot. */
    public int capacity(int index) {
        return at(index).length() - StructsLayout.ITEM.length();
    }

    /** A copy of the items, each as it is when its turn comes. */
    public List<Object> toList() {
        List<Object> items = new ArrayList<>(size());
        forEach(items::add);
        return items;
    }

    /** The items, each as it is when its turn comes; it removes none. */
    @Override
    public Iterator<Object> iterator() {
        return IntStream.range(0, size()).mapToObj(this::get).iterator();
    }

    private TwoBuffers at(int index) {
        checkOpen();
        return table.at(index);
    }

    private Object decode(byte[] slot) {
        try {
            return ListItem.decode(slot, object().path());
        } catch (CorruptSegmentException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void end() {
        access.close();
    }

    @Override
    void checkOpen() {
        access.checkOpen();
    }

    @Override
    String contents() {
        return toList().stream().map(ListItem::printable).map(Object::toString)
            .collect(Collectors.joining(", ", "[", "]"));
    }
}
