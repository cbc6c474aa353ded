package io.millrace.process;

import io.millrace.domain.Domain;
import io.millrace.format.CorruptSegmentException;
import io.millrace.format.Segment;
import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The file through which a parent and its child talk: the parent writes the task before the child is there, the child
 * how it fares. It has the name of a temporary file of the parent: whoever finds that one dead takes it away.
 */
final class LaunchRecord implements AutoCloseable {
    private final Segment segment;
    private final Region body;

    private LaunchRecord(Segment segment) {
        this(segment, segment.body());
    }

    /** Without a file, if the segment is null: for tests. */
    LaunchRecord(Segment segment, Region body) {
        this.segment = segment;
        this.body = body;
    }

    static LaunchRecord create(Domain domain, Details details, byte[] task, ParentIdentity parent)
        throws IOException {
        String maker = Integer.toString(domain.ownerId());
        Path file = domain.directory().resolve(".launch@" + maker + "." + UUID.randomUUID() + ".tmp");
        return create(file, maker, details, task, parent);
    }

    static LaunchRecord create(Path file, String maker, Details details, byte[] task, ParentIdentity parent)
        throws IOException {
        byte[] encoded = details.encoded();
        long length = (long) LaunchLayout.DETAILS + encoded.length + task.length;
        return new LaunchRecord(Segment.create(file, maker, LaunchLayout.KIND, length, body -> {
            body.putIntPlain(LaunchLayout.DETAILS_LENGTH, encoded.length);
            body.putIntPlain(LaunchLayout.TASK_LENGTH, task.length);
            body.putLongPlain(LaunchLayout.PARENT_PID, parent.pid());
            body.putLongPlain(LaunchLayout.PARENT_START, parent.startTicks());
            body.putBytes(LaunchLayout.DETAILS, encoded, 0, encoded.length);
            body.putBytes(LaunchLayout.DETAILS + encoded.length, task, 0, task.length);
        }));
    }

    static LaunchRecord open(Path file) throws IOException {
        Segment segment = Segment.open(file, LaunchLayout.KIND);
        Region body = segment.body();
        if (body.length() < LaunchLayout.DETAILS || lengthIn(body) != body.length()) {
            segment.close();
            throw new CorruptSegmentException(file, "length of a launch record: actual " + body.length()
                + ", expected as its fields say");
        }
        return new LaunchRecord(segment);
    }

    private static long lengthIn(Region body) {
        int details = body.getIntPlain(LaunchLayout.DETAILS_LENGTH);
        int task = body.getIntPlain(LaunchLayout.TASK_LENGTH);
        return details < 0 || task < 0 ? -1 : (long) LaunchLayout.DETAILS + details + task;
    }

    Path path() {
        return segment.path();
    }

    Details details() throws IOException {
        return Details.decoded(bytes(LaunchLayout.DETAILS, body.getIntPlain(LaunchLayout.DETAILS_LENGTH)));
    }

    /** The serialized task; empty if there is none. */
    byte[] task() {
        int offset = LaunchLayout.DETAILS + body.getIntPlain(LaunchLayout.DETAILS_LENGTH);
        return bytes(offset, body.getIntPlain(LaunchLayout.TASK_LENGTH));
    }

    ParentIdentity parent() {
        return new ParentIdentity(body.getLongPlain(LaunchLayout.PARENT_PID),
            body.getLongPlain(LaunchLayout.PARENT_START));
    }

    ChildState state() {
        // SYNC launch-state ↔ LaunchRecord.setState: the state before the number of the signal; otherwise a parent
        // could see a signal without its number.
        return ChildState.of(body.getIntAcquire(LaunchLayout.STATE));
    }

    int signal() {
        return body.getIntPlain(LaunchLayout.SIGNAL);
    }

    void running() {
        setState(ChildState.RUNNING);
    }

    void ended(int bySignal) {
        body.putIntPlain(LaunchLayout.SIGNAL, bySignal);
        setState(bySignal == 0 ? ChildState.ENDED : ChildState.SIGNALLED);
    }

    private void setState(ChildState state) {
        // SYNC launch-state ↔ LaunchRecord.state: the number of the signal before this; otherwise a parent could see
        // the state without it.
        body.putIntRelease(LaunchLayout.STATE, state.ordinal());
    }

    /** Tells the parent about an exception; only the first time, and only if it is not too long. */
    boolean report(byte[] exception) {
        if (exception.length > LaunchLayout.REPORT_LENGTH_MAX || exception.length == 0) {
            return false;
        }
        body.putBytes(LaunchLayout.REPORT, exception, 0, exception.length);
        // SYNC launch-state ↔ LaunchRecord.reported: the report before its length; otherwise the parent could read what
        // is not written yet.
        body.putIntRelease(LaunchLayout.REPORT_LENGTH, exception.length);
        return true;
    }

    /** What was reported, or nothing. */
    byte[] reported() {
        // SYNC launch-state ↔ LaunchRecord.report: the length before the report; otherwise the parent could read what
        // is not written yet.
        int length = body.getIntAcquire(LaunchLayout.REPORT_LENGTH);
        return bytes(LaunchLayout.REPORT, Math.max(0, Math.min(length, LaunchLayout.REPORT_LENGTH_MAX)));
    }

    /** Takes the file away; whoever has it open keeps it. */
    void delete() throws IOException {
        Files.deleteIfExists(path());
    }

    @Override
    public void close() throws IOException {
        segment.close();
    }

    private byte[] bytes(int offset, int length) {
        byte[] bytes = new byte[length];
        body.getBytes(offset, bytes, 0, length);
        return bytes;
    }
}
