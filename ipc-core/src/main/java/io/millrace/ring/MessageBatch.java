package io.millrace.ring;

import io.millrace.memory.Region;
import java.util.Arrays;
import java.util.Objects;

/**
 * Messages to be published together, copied into memory of this process. Grows as needed, and can be used again.
 *
 * <p><b>Who may call it:</b> one thread at a time.
 */
public final class MessageBatch {
    private static final int MESSAGES_AT_FIRST = 16;
    private static final int BYTES_AT_FIRST = 1024;
    private static final int ARRAY_LENGTH_MAX = Integer.MAX_VALUE - 8;

    private byte[] bytes = new byte[BYTES_AT_FIRST];
    private int[] types = new int[MESSAGES_AT_FIRST];
    private int[] ends = new int[MESSAGES_AT_FIRST];
    private int first;
    private int size;

    /**
     * Adds a message behind the others.
     *
     * @throws IllegalArgumentException if the type is negative
     * @throws OutOfMemoryError if all messages together are longer than an array can be
     */
    public void add(int type, byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        int start = addSpace(type, length);
        System.arraycopy(source, offset, bytes, start, length);
    }

    /** Makes room for a further message; returns where. */
    private int addSpace(int type, int length) {
        if (type < 0) {
            throw new IllegalArgumentException("type of a message: actual " + type + ", expected 0 or more");
        }
        int start = end();
        if ((long) start + length > ARRAY_LENGTH_MAX) {
            throw new OutOfMemoryError("messages of a batch: actual " + ((long) start + length)
                + " bytes, expected at most " + ARRAY_LENGTH_MAX);
        }
        if (start + length > bytes.length) {
            long grown = Math.max(2L * bytes.length, start + length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(ARRAY_LENGTH_MAX, grown));
        }
        if (size == ends.length) {
            types = Arrays.copyOf(types, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
        }
        types[size] = type;
        ends[size] = start + length;
        size++;
        return start;
    }

    /**
     * Adds a message behind the others.
     *
     * @throws IllegalArgumentException if the type is negative
     * @throws OutOfMemoryError if all messages together are longer than an array can be
     */
    public void add(int type, Region source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length());
        int start = addSpace(type, length);
        source.getBytes(offset, bytes, start, length);
    }

    /** How many bytes all messages have together. */
    public int byteCount() {
        return isEmpty() ? 0 : end() - offset(0);
    }

    /** How many messages are in it. */
    public int size() {
        return size - first;
    }

    /** Whether there is no message in it. */
    public boolean isEmpty() {
        return size == first;
    }

    /** Removes all messages. */
    public void clear() {
        first = 0;
        size = 0;
    }

    int type(int index) {
        return types[first + index];
    }

    int length(int index) {
        return ends[first + index] - offset(index);
    }

    int offset(int index) {
        return first + index == 0 ? 0 : ends[first + index - 1];
    }

    byte[] bytes() {
        return bytes;
    }

    void removeFirst(int count) {
        first += count;
        if (first == size) {
            clear();
        }
    }

    private int end() {
        return size == 0 ? 0 : ends[size - 1];
    }

    @Override
    public String toString() {
        return "MessageBatch[" + size() + " messages, " + byteCount() + " bytes]";
    }
}
