package io.millrace.domain;

import io.millrace.format.Segment;
import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes away what the dead have left in the directory of a domain. Every step may be taken by any number of
 * participants at once, and each may die after it.
 *
 * <pre>
 *   file                          goes when
 *   temporary, of a participant   that is dead: it will not get its name any more
 *   part                          the creator of its object is dead, and then no object with its tag has the name: none
 *                                 will ever have
 *   anchor and parts              the object is marked removed, or is anonymous and without a user who lives
 *   note                          its process is gone
 * </pre>
 *
 * <p>The verdicts come first and the looks at the anchors after them: the other way round a creator could give an
 * object its name and die between the two, and its parts would be taken for orphans.
 */
final class Reaper {
    private final Domain domain;
    private final List<String> reaped = new ArrayList<>();
    private final Set<Integer> dead = new HashSet<>();
    private final Set<Integer> others = new HashSet<>();
    /** By name: the tag of the object that has it; empty if none has; null if that cannot be told. */
    private final Map<String, String> tags = new HashMap<>();

    Reaper(Domain domain) {
        this.domain = domain;
    }

    /** Reaps what can be reaped; fails never. */
    void tryRun() {
        try {
            run();
        } catch (IOException | RuntimeException e) {
            return; // whoever joins next tries again
        }
    }

    /** Reaps; returns the names of what has gone. */
    List<String> run() throws IOException {
        List<FoundFile> files = list(domain.directory());
        files.forEach(file -> judge(file.maker()));
        for (FoundFile file : files) {
            switch (file.sort()) {
                case TEMPORARY -> reapTemporary(file);
                case ANCHOR -> reapObject(file);
                default -> { }
            }
        }
        for (FoundFile file : files) {
            if (file.sort() == FoundFile.Sort.PART) {
                reapPart(file);
            }
        }
        if (files.stream().anyMatch(file -> file.sort() == FoundFile.Sort.NOTE)) {
            domain.open().removeNotesOfGone();
        }
        return reaped;
    }

    /** All files of a domain, by name. */
    static List<FoundFile> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().map(FoundFile::of).toList();
        }
    }

    private void judge(int maker) {
        if (maker > 0 && !dead.contains(maker) && !others.contains(maker)) {
            (isDead(maker) ? dead : others).add(maker);
        }
    }

    private boolean isDead(int id) {
        try {
            return domain.isDead(id);
        } catch (IOException | IllegalArgumentException e) {
            return false; // unknown means alive
        }
    }

    private void reapTemporary(FoundFile file) throws IOException {
        if (dead.contains(file.maker())) {
            delete(file);
        }
    }

    private void reapPart(FoundFile file) throws IOException {
        if (!dead.contains(file.maker())) {
            return;
        }
        if (!tags.containsKey(file.object())) {
            look(ObjectName.of(domain.directory(), file.object()));
        }
        String tag = tags.get(file.object());
        if (tag != null && !tag.equals(file.tag())) {
            delete(file);
        }
    }

    private void delete(FoundFile file) throws IOException {
        if (Files.deleteIfExists(file.path())) {
            reaped.add(file.name());
        }
    }

    private void reapObject(FoundFile file) throws IOException {
        ObjectName name = ObjectName.of(domain.directory(), file.object());
        if (look(name) && ObjectRemoval.finish(domain, name)) {
            tags.put(name.text(), "");
            reaped.add(file.name());
        }
    }

    /** Notes the tag of the object that has that name; returns whether the object should go. */
    private boolean look(ObjectName name) {
        try (Segment segment = Segment.openAny(name.anchor())) {
            SharedObject.check(segment, domain);
            Region body = segment.body();
            tags.put(name.text(), SharedObject.tag(body));
            UserList users = new UserList(body, domain.owner().isDead(), domain.containers());
            return users.isRemoved() || SharedObject.isAnonymous(body) && users.isUnused();
        } catch (NoSuchFileException e) {
            tags.put(name.text(), "");
        } catch (IOException | IllegalArgumentException e) {
            tags.put(name.text(), null); // damaged, or not ours
        }
        return false;
    }
}
