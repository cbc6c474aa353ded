package io.millrace.process;

import io.millrace.format.Segment;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The launch record as a child has it. Read and written, not mapped: an empty child has nothing else to map, and the
 * first mapping costs a JVM more than reading and writing do, on JDK 25 ten milliseconds. The parent, which has made
 * the file and runs the same program, has it mapped, and looks at what the child wrote when that one is gone.
 */
final class LaunchFile {
    private final File name;
    private final RandomAccessFile file;
    private final ByteBuffer body;

    private LaunchFile(File name, RandomAccessFile file, ByteBuffer body) {
        this.name = name;
        this.file = file;
        this.body = body;
    }

    /**
     * Opens the record.
     *
     * @throws java.io.FileNotFoundException if it is not there
     * @throws IOException if it is damaged
     */
    static LaunchFile open(String path) throws IOException {
        File name = new File(path);
        RandomAccessFile file = new RandomAccessFile(name, "rw");
        byte[] bytes = new byte[(int) file.length()];
        file.readFully(bytes);
        if (bytes.length < Segment.BODY_OFFSET + LaunchLayout.DETAILS) {
            throw damaged(path);
        }
        ByteBuffer body = ByteBuffer.wrap(bytes, Segment.BODY_OFFSET, bytes.length - Segment.BODY_OFFSET).slice()
            .order(ByteOrder.nativeOrder());
        int details = body.getInt(LaunchLayout.DETAILS_LENGTH);
        int task = body.getInt(LaunchLayout.TASK_LENGTH);
        if (details < 0 || task < 0 || (long) LaunchLayout.DETAILS + details + task != body.capacity()) {
            throw damaged(path);
        }
        return new LaunchFile(name, file, body);
    }

    Details details() throws IOException {
        return Details.decoded(bytes(LaunchLayout.DETAILS, body.getInt(LaunchLayout.DETAILS_LENGTH)));
    }

    /** The task, for {@link TaskDecoder}; empty if there is none. */
    byte[] task() {
        return bytes(LaunchLayout.DETAILS + body.getInt(LaunchLayout.DETAILS_LENGTH),
            body.getInt(LaunchLayout.TASK_LENGTH));
    }

    ParentIdentity parent() {
        return new ParentIdentity(body.getLong(LaunchLayout.PARENT_PID), body.getLong(LaunchLayout.PARENT_START));
    }

    void running() throws IOException {
        write(LaunchLayout.STATE, ChildState.RUNNING.ordinal());
    }

    void ended(int bySignal) throws IOException {
        write(LaunchLayout.SIGNAL, bySignal);
        ChildState state = bySignal == 0 ? ChildState.ENDED : ChildState.SIGNALLED;
        write(LaunchLayout.STATE, state.ordinal());
    }

    /** Tells the parent about an exception; false if that is too long. */
    boolean report(byte[] exception) throws IOException {
        if (exception.length > LaunchLayout.REPORT_LENGTH_MAX || exception.length == 0) {
            return false;
        }
        write(LaunchLayout.REPORT, exception);
        write(LaunchLayout.REPORT_LENGTH, exception.length); // last: a child may be killed in between
        return true;
    }

    /** Takes the file away when its parent is dead, unless somebody else has. */
    void delete() {
        name.delete();
    }

    private void write(int offset, int value) throws IOException {
        write(offset, ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(value).array());
    }

    private synchronized void write(int offset, byte[] bytes) throws IOException {
        file.seek(Segment.BODY_OFFSET + (long) offset);
        file.write(bytes);
    }

    private byte[] bytes(int offset, int length) {
        int start = body.arrayOffset() + offset;
        return Arrays.copyOfRange(body.array(), start, start + length);
    }

    private static IOException damaged(String path) {
        return new IOException("the launch record " + path + " is damaged");
    }
}
