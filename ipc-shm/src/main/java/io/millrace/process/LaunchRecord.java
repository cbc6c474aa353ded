package io.millrace.process;

import io.millrace.domain.Domain;
import io.millrace.format.Segment;
import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The file through which a parent and its child talk, as the parent has it: it writes the task before the child is
 * there, the child writes how it fares, see {@link LaunchFile}. It has the name of a temporary file of the parent:
 * whoever finds that one dead takes it away.
 */
final class LaunchRecord implements AutoCloseable {
    private final Segment segment;
    private final Region body;

    private LaunchRecord(Segment segment) {
        this.segment = segment;
        this.body = segment.body();
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

    Path path() {
        return segment.path();
    }

    /** How far the child has come; when it is gone. */
    ChildState state() {
        return ChildState.of(body.getIntPlain(LaunchLayout.STATE));
    }

    /** The signal that made it end, if its state says that one did. */
    int signal() {
        return body.getIntPlain(LaunchLayout.SIGNAL);
    }

    /** What it reported, or nothing; when it is gone. */
    byte[] reported() {
        int length = body.getIntPlain(LaunchLayout.REPORT_LENGTH);
        byte[] report = new byte[Math.max(0, Math.min(length, LaunchLayout.REPORT_LENGTH_MAX))];
        body.getBytes(LaunchLayout.REPORT, report, 0, report.length);
        return report;
    }

    /** Takes the file away; whoever has it open keeps it. */
    void delete() throws IOException {
        Files.deleteIfExists(path());
    }

    @Override
    public void close() throws IOException {
        segment.close();
    }
}
