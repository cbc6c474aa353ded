package io.millrace.domain;

import io.millrace.format.CorruptSegmentException;
import io.millrace.format.Layout;
import io.millrace.format.Segment;
import io.millrace.format.SegmentFormatException;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Notes that say which process has a lease of kind {@link LeaseKind#CHANNEL}, one file for each: such a lease may get
 * lost, and so its holder is dead only when the process is gone as well.
 *
 * <p>A note is there before the id is handed out, and is removed before the lease is given back. A participant that
 * left none has a lease that cannot get lost.
 */
final class LeaseNotes implements Joining.Notes {
    static final SegmentKind KIND = new SegmentKind("lease-note", 1, 1);

    static final Layout LAYOUT = Layout.named("lease-note body")
        .longField("pid", "creator, once", "number of the process in its own namespace")
        .longField("startTicks", "creator, once", "field 22 of its `/proc/PID/stat`: when it was started")
        .longField("pidNamespace", "creator, once", "inode number of its `/proc/self/ns/pid`")
        .longField("timeNamespace", "creator, once", "inode number of its `/proc/self/ns/time`, 0: there is none")
        .bytesField("bootId", 2 * Long.BYTES, "creator, once", "`/proc/sys/kernel/random/boot_id` as 16 bytes")
        .build();

    private static final int PID = LAYOUT.offsetOf("pid");
    private static final int START_TICKS = LAYOUT.offsetOf("startTicks");
    private static final int PID_NAMESPACE = LAYOUT.offsetOf("pidNamespace");
    private static final int TIME_NAMESPACE = LAYOUT.offsetOf("timeNamespace");
    private static final int BOOT_ID = LAYOUT.offsetOf("bootId");

    private final DomainFiles files;
    private final LeaseKind own;

    /** The notes in a directory, for a participant whose own lease is of the given kind. */
    LeaseNotes(DomainFiles files, LeaseKind own) {
        this.files = files;
        this.own = own;
    }

    /** False if there is a note for that seat: of somebody who died before he was handed it, or lost his lease. */
    @Override
    public boolean announce(Seat seat) throws IOException {
        if (own != LeaseKind.CHANNEL) {
            return Files.notExists(files.note(seat), LinkOption.NOFOLLOW_LINKS);
        }
        try {
            write(files.note(seat), ProcessIdentity.current());
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    @Override
    public void withdraw(Seat seat) throws IOException {
        if (own == LeaseKind.CHANNEL) {
            Files.deleteIfExists(files.note(seat));
        }
    }

    @Override
    public boolean mayNameAnId() throws IOException {
        // In this order: who runs may still make a file, who is gone has made all of his.
        for (Seat seat : files.noted()) {
            try {
                if (mayRun(seat)) {
                    return true;
                }
            } catch (SegmentFormatException e) {
                return true; // damaged: does not say that anybody is gone
            }
        }
        return files.hasOthers();
    }

    /** Whether a participant without a lease may be a process that runs. */
    boolean mayRun(Seat seat) throws IOException {
        Path note = files.note(seat);
        try {
            return read(note).mayRun() || isOfOtherUser(note) && ProcessIdentity.mayHideOthers();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static boolean isOfOtherUser(Path note) throws IOException {
        return !Files.getAttribute(note, "unix:uid", LinkOption.NOFOLLOW_LINKS)
            .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")); // followed: the link itself is root's
    }

    /**
     * Removes the notes of processes that are gone: to have none and no lease is to be dead as well. Not that for an id
     * that has yet to be handed out, whose next bearer might just be writing one of the same name.
     */
    void removeOfGone(IdWord now) throws IOException {
        for (Seat seat : files.noted()) {
            try {
                if ((seat.epoch() != now.epoch() || seat.id() < now.next()) && !mayRun(seat)) {
                    Files.deleteIfExists(files.note(seat));
                }
            } catch (SegmentFormatException e) {
                continue; // damaged: says nothing, so it stays
            }
        }
    }

    static void write(Path note, ProcessIdentity process) throws IOException {
        byte[] bootId = ByteBuffer.allocate(2 * Long.BYTES).putLong(process.bootId().getMostSignificantBits())
            .putLong(process.bootId().getLeastSignificantBits()).array();
        Segment.create(note, KIND, LAYOUT.length(), body -> {
            body.putLongPlain(PID, process.pid());
            body.putLongPlain(START_TICKS, process.startTicks());
            body.putLongPlain(PID_NAMESPACE, process.pidNamespace());
            body.putLongPlain(TIME_NAMESPACE, process.timeNamespace());
            body.putBytes(BOOT_ID, bootId, 0, bootId.length);
        }).close();
    }

    static ProcessIdentity read(Path note) throws IOException {
        try (Segment segment = Segment.open(note, KIND)) {
            Region body = segment.body();
            if (body.length() != LAYOUT.length()) {
                throw new CorruptSegmentException(note,
                    "length of the body: actual " + body.length() + ", expected " + LAYOUT.length());
            }
            byte[] bytes = new byte[2 * Long.BYTES];
            body.getBytes(BOOT_ID, bytes, 0, bytes.length);
            ByteBuffer bootId = ByteBuffer.wrap(bytes);
            return new ProcessIdentity(body.getLongPlain(PID), body.getLongPlain(START_TICKS),
                body.getLongPlain(PID_NAMESPACE), body.getLongPlain(TIME_NAMESPACE),
                new UUID(bootId.getLong(), bootId.getLong()));
        }
    }
}
