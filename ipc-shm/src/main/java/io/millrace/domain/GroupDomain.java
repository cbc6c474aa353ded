package io.millrace.domain;

import io.millrace.domain.DomainDirectory.Look;
import io.millrace.memory.GroupDirectories;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalNotFoundException;

/**
 * Domains that are open to a group. That one is, its table says, which only the directory's user has made; the
 * directory's mode and group must agree with it. And whoever uses one of another user has said that he will: otherwise
 * another user could wait in a place where somebody is about to make a domain for himself.
 *
 * <p>The directory is opened last, when all that is in it is the group's: until then, and if its maker dies, it is for
 * its user alone, and nobody uses it; whoever opens it again goes on.
 */
final class GroupDomain {
    static final String PROPERTY = "millrace.domain.group";
    static final String VARIABLE = "MILLRACE_DOMAIN_GROUP";
    /** With the bit by which new files are the group's. */
    static final int MODE = 02770;

    private static final String UNIX_MODE = "unix:mode";
    private static final String OWNER = "unix:uid";
    private static final String FOR_WHOM = "for whom the domain was made";

    private GroupDomain() { }

    /** The group that the property names, else the environment; null if neither does. */
    static String chosen() {
        return chosen(System.getProperty(PROPERTY), System.getenv(VARIABLE));
    }

    static String chosen(String property, String variable) {
        String group = property != null && !property.isEmpty() ? property : variable;
        return group == null || group.isEmpty() ? null : group;
    }

    /** Opens a new domain to a group, or says that one will use the one that is there. */
    static void open(Look found, String name) throws IOException {
        Path directory = found.directory();
        GroupPrincipal group = principal(directory, name);
        if (found.mode() == MODE) {
            if (!hasGroup(directory, group)) {
                throw found.refused("group", "gid " + found.group(), name);
            }
            check(found, true);
        } else {
            found.checkPrivate();
            checkNotMadeForOne(found, name);
            handOver(found, group);
            make(DomainDirectory.look(directory));
        }
    }

    private static void checkNotMadeForOne(Look found, String name) throws IOException {
        try (DomainTable table = DomainTable.open(new DomainFiles(found.directory()).table())) {
            if (table.group() == DomainTable.NO_GROUP) {
                throw found.refused(FOR_WHOM, text(table.group()), name);
            }
        } catch (NoSuchFileException e) {
            return; // it has yet to be made
        }
    }

    private static void handOver(Look found, GroupPrincipal group) throws IOException {
        try {
            view(found.directory()).setGroup(group);
        } catch (FileSystemException e) {
            throw notAMember(found, group.getName(), e);
        }
    }

    /** Each step may be the last of whoever dies, and may be taken by several. */
    private static void make(Look found) throws IOException {
        Path directory = found.directory();
        GroupDirectories.open(directory, found.group());
        boolean done = false;
        try {
            try (DomainTable table = new DomainFiles(directory).open()) {
                if (table.group() != found.group()) {
                    throw found.refused(FOR_WHOM, text(table.group()), text(found.group()));
                }
            }
            Files.setAttribute(directory, UNIX_MODE, MODE, LinkOption.NOFOLLOW_LINKS);
            Look now = DomainDirectory.look(directory);
            if (now.mode() != MODE || now.group() != found.group()) { // as for one who is no member of the group
                Files.setAttribute(directory, UNIX_MODE, DomainDirectory.PRIVATE_MODE, LinkOption.NOFOLLOW_LINKS);
                throw notAMember(found, "gid " + found.group(), null);
            }
            done = true;
        } finally {
            if (!done) {
                GroupDirectories.close(directory);
            }
        }
    }

    private static UnsuitableDirectoryException notAMember(Look found, String group, Exception cause) {
        UnsuitableDirectoryException failure = found.refused("group", group, "one that this user is a member of");
        failure.initCause(cause);
        return failure;
    }

    /** Refuses a directory with the mode of an open domain unless it is one, and one that this program will use. */
    static void check(Look found) throws IOException {
        String chosen = chosen();
        check(found, found.isOwn() || GroupDirectories.groupOf(found.directory()).orElse(-1) == found.group()
            || chosen != null && hasGroup(found.directory(), principal(found.directory(), chosen)));
    }

    private static void check(Look found, boolean willing) throws IOException {
        Path directory = found.directory();
        if (!willing) {
            throw found.refused("owner", "uid " + found.owner() + ", who has opened it to gid " + found.group(),
                "the user of this process, unless he says that he will use domains open to that group, by property "
                    + PROPERTY + ", environment variable " + VARIABLE + " or Domain.openToGroup");
        }
        GroupDirectories.open(directory, found.group()); // what is to be looked at may be another user's
        boolean open = false;
        try {
            open = isOpened(found);
        } finally {
            if (!open) {
                GroupDirectories.close(directory);
            }
        }
        if (!open) {
            found.checkOwner();
            throw found.refused("mode", DomainDirectory.octal(found.mode()) + ", and no table of its owner says that"
                + " the domain is open to gid " + found.group(), DomainDirectory.octal(DomainDirectory.PRIVATE_MODE));
        }
    }

    /** Whether the table says so, and is the directory's user's: others of the group could put one there. */
    private static boolean isOpened(Look found) throws IOException {
        Path file = new DomainFiles(found.directory()).table();
        try (DomainTable table = DomainTable.open(file)) {
            return table.group() == found.group()
                && (int) Files.getAttribute(file, OWNER, LinkOption.NOFOLLOW_LINKS) == found.owner();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Checks a table against what is known of its directory.
     *
     * @throws UnsuitableDirectoryException if it says something else, and then closes it
     */
    static void check(Path directory, DomainTable table) throws IOException {
        int expected = GroupDirectories.groupOf(directory).orElse(DomainTable.NO_GROUP);
        int actual = table.group();
        if (actual != expected) {
            table.close();
            throw DomainDirectory.look(directory).refused(FOR_WHOM, text(actual), text(expected)
                + " by the mode of the directory; Domain.openToGroup ends what was begun");
        }
    }

    private static String text(int group) {
        return group == DomainTable.NO_GROUP ? "its user alone" : "gid " + group;
    }

    private static GroupPrincipal principal(Path directory, String name) throws IOException {
        try {
            return directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
        } catch (UserPrincipalNotFoundException e) {
            throw new UnsuitableDirectoryException(directory, "group", "'" + name + "'", "one of this machine");
        }
    }

    private static boolean hasGroup(Path directory, GroupPrincipal group) throws IOException {
        return view(directory).readAttributes().group().equals(group);
    }

    private static PosixFileAttributeView view(Path directory) {
        return Files.getFileAttributeView(directory, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
