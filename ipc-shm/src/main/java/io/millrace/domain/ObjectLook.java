package io.millrace.domain;

import io.millrace.domain.DomainInspector.ObjectStatus;
import io.millrace.format.Segment;
import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A look at one object that changes nothing, and whose failure is part of what it finds. */
final class ObjectLook {
    private final Observer observer;
    private final FoundFile anchor;
    private final List<FoundFile> parts;
    private final List<Integer> users = new ArrayList<>();
    private final List<Integer> deadUsers = new ArrayList<>();
    private String kind;
    private String problem;
    private String tag;
    private boolean named = true;
    private boolean removed;
    private int creator;

    ObjectLook(Observer observer, FoundFile anchor, List<FoundFile> parts) {
        this.observer = observer;
        this.anchor = anchor;
        this.parts = parts;
    }

    /** What it found; nothing if the object has gone meanwhile. */
    Optional<ObjectStatus> status() throws IOException {
        try (Segment segment = Segment.openAny(anchor.path())) {
            kind = segment.kindName();
            SharedObject.check(segment, observer.domainId());
            read(segment.body());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            problem = reason(e);
        }
        List<FoundFile> own = parts.stream().filter(part -> part.tag().equals(tag)).toList();
        try {
            BasicFileAttributes attributes =
                Files.readAttributes(anchor.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(new ObjectStatus(anchor.object(), kind, problem, named, removed, creator,
                List.copyOf(users), List.copyOf(deadUsers), own.stream().map(FoundFile::part).toList(),
                attributes.size() + bytes(own), attributes.creationTime().toInstant().truncatedTo(
                    ChronoUnit.MILLIS)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** That of the object, once its status was read; null if it could not be. */
    String tag() {
        return tag;
    }

    private void read(Region body) throws IOException {
        tag = SharedObject.tag(body);
        named = !SharedObject.isAnonymous(body);
        creator = body.getIntPlain(ObjectLayout.CREATOR);
        if (!observer.isHandedOut(creator)) {
            problem = "creator: actual " + creator + ", expected an owner id that was handed out";
        }
        UserList list = new UserList(body, id -> false, Containers.UNKNOWN);
        removed = list.isRemoved();
        for (int user : list.listed()) {
            if (!observer.isHandedOut(user)) {
                problem = "user: actual " + user + ", expected an owner id that was handed out";
            } else {
                (observer.isDead(user) ? deadUsers : users).add(user);
            }
        }
    }

    private static long bytes(List<FoundFile> files) throws IOException {
        long bytes = 0;
        for (FoundFile file : files) {
            try {
                bytes += Files.size(file.path());
            } catch (NoSuchFileException e) {
                continue; // over meanwhile
            }
        }
        return bytes;
    }

    /** Without the path, which stands beside it. */
    private String reason(IOException e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String prefix = anchor.path() + ": ";
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }
}
