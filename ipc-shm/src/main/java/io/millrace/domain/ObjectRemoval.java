package io.millrace.domain;

import io.millrace.format.Segment;
import io.millrace.format.SegmentFormatException;
import io.millrace.memory.Region;
import io.millrace.memory.Uninterrupted;
import io.millrace.wait.Waiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Takes away the files of objects that are removed: first the parts, then the anchor, under an exclusion, because
 * between the look at an anchor and the end of its name nobody else may have ended that and made another of the same
 * name. The names of parts are their object's alone: to take those away needs no exclusion.
 */
final class ObjectRemoval {
    private static final String TEMPORARY_PREFIX = ".";
    /** Others are at it for a moment; one that is paused in the middle is not waited for. */
    private static final long PATIENCE_NANOS = 200_000_000;

    private ObjectRemoval() { }

    /**
     * Takes away the files of an object if it is removed; also what one that died in the middle of that has left.
     *
     * @return whether the name is free now, as far as this can tell
     */
    static boolean finish(Domain domain, ObjectName name) throws IOException {
        boolean[] free = {false};
        BooleanSupplier attempt = () -> {
            try {
                return domain.open().tryExclusively(
                    () -> free[0] = Uninterrupted.run(() -> finishAlone(domain, name)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        boolean interrupted = Thread.interrupted();
        try {
            Waiter.backingOff().await(attempt, PATIENCE_NANOS);
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return free[0];
    }

    /** Removes an object, whoever uses it, damaged ones too; whether its files are gone. */
    static boolean remove(Domain domain, ObjectName name) throws IOException {
        if (Files.isRegularFile(name.anchor(), LinkOption.NOFOLLOW_LINKS) && Files.size(name.anchor()) == 0) {
            return removeDamaged(domain, name);
        }
        try (Segment segment = Segment.openAny(name.anchor())) {
            SharedObject.check(segment, domain);
            new UserList(segment.body(), domain.owner().isDead(), domain.containers()).remove();
        } catch (SegmentFormatException | WrongDomainException e) {
            return removeDamaged(domain, name);
        }
        return finish(domain, name);
    }

    /** What it was cannot be told any more, so nobody can open it; its parts go when their makers are dead. */
    private static boolean removeDamaged(Domain domain, ObjectName name) throws IOException {
        boolean done = domain.open().tryExclusively(() -> Files.deleteIfExists(name.anchor()));
        domain.reap();
        return done;
    }

    private static boolean finishAlone(Domain domain, ObjectName name) throws IOException {
        try (Segment segment = Segment.openAny(name.anchor())) {
            SharedObject.check(segment, domain);
            Region body = segment.body();
            UserList users = new UserList(body, domain.owner().isDead(), domain.containers());
            boolean gone = users.isRemoved() || SharedObject.isAnonymous(body) && users.tryRemoveUnused();
            if (!gone) {
                return false;
            }
            removeParts(name, SharedObject.tag(body));
            Files.deleteIfExists(name.anchor());
            return true;
        } catch (NoSuchFileException e) {
            return true;
        } catch (SegmentFormatException | IllegalArgumentException e) {
            return false; // damaged, or of another kind: not ours to remove
        }
    }

    /** Takes away all parts with that tag, also unfinished ones. */
    static void removeParts(ObjectName name, String tag) throws IOException {
        String prefix = name.partPrefix(tag);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(name.directory(), file -> {
            String text = file.getFileName().toString();
            return text.startsWith(prefix) || text.startsWith(TEMPORARY_PREFIX + prefix);
        })) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }
}
