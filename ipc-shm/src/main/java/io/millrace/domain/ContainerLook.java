package io.millrace.domain;

import io.millrace.format.Segment;
import io.millrace.format.SegmentFormatException;
import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntPredicate;

/** Looks into the queues and pipes of a domain for handles that travel; see docs/protocols/handles-in-messages.md. */
final class ContainerLook implements Containers {
    private static final List<MessageContainer> FAMILIES =
        ServiceLoader.load(MessageContainer.class, MessageContainer.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get).toList();

    private final Path directory;
    private final UUID domain;
    private final IntPredicate isDead;
    /** Those that are being looked into: what is only in one of them is not to be had from outside. */
    private final Set<Long> above;

    ContainerLook(Path directory, UUID domain, IntPredicate isDead) {
        this(directory, domain, isDead, Set.of());
    }

    private ContainerLook(Path directory, UUID domain, IntPredicate isDead, Set<Long> above) {
        this.directory = directory;
        this.domain = domain;
        this.isDead = isDead;
        this.above = above;
    }

    @Override
    public boolean holds(long container, long ticket) {
        if (above.contains(container)) {
            return false;
        }
        try {
            ObjectName name = find(container);
            return name != null && holds(name, container, ticket);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException | RuntimeException e) {
            return true; // unknown means alive
        }
    }

    /** The object with that tag; null if there is none, or it cannot be opened by anybody. */
    private ObjectName find(long container) throws IOException {
        ObjectName anonymous = SharedObject.anonymousName(directory, container);
        if (isTagOf(anonymous, container)) {
            return anonymous;
        }
        for (FoundFile file : Reaper.list(directory)) {
            if (file.sort() == FoundFile.Sort.ANCHOR) {
                ObjectName name = ObjectName.of(directory, file.object());
                if (isTagOf(name, container)) {
                    return name;
                }
            }
        }
        return null;
    }

    private boolean isTagOf(ObjectName name, long container) throws IOException {
        try (Segment segment = Segment.openAny(name.anchor())) {
            SharedObject.check(segment, domain);
            return SharedObject.tagWord(segment.body()) == container;
        } catch (NoSuchFileException | SegmentFormatException | WrongDomainException e) {
            return false;
        }
    }

    private boolean holds(ObjectName name, long container, long ticket) throws IOException {
        try (Segment segment = Segment.openAny(name.anchor())) {
            Set<Long> further = new HashSet<>(above);
            further.add(container);
            Containers containers = new ContainerLook(directory, domain, isDead, further);
            Region body = segment.body();
            UserList users = new UserList(body, isDead, containers);
            if (users.isRemoved() || SharedObject.isAnonymous(body) && users.isUnused()) {
                return false;
            }
            MessageContainer.Look look = new MessageContainer.Look(ticket, name.anchor(),
                SharedObject.ofKind(body), part -> name.part(SharedObject.tag(body), part), isDead, containers);
            for (MessageContainer family : FAMILIES) {
                if (family.isKind(segment.kindName())) {
                    return family.holds(look);
                }
            }
            return false;
        }
    }
}
