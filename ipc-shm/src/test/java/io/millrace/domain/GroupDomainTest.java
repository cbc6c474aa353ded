package io.millrace.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.memory.GroupDirectories;
import io.millrace.process.JvmProcess;
import io.millrace.queue.SharedQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Domains that are open to a group, as their user sees them and, where the tests are root's, as others do. */
@Timeout(60)
class GroupDomainTest {
    @TempDir(factory = SharedDirectory.class)
    Path parent;
    private Path directory;
    private String group;

    @BeforeEach
    void chooseAGroupOfThisUser() throws IOException {
        directory = parent.resolve("domain");
        group = isRoot() ? Integer.toString(OtherUser.GROUP) : Files.getAttribute(parent, "unix:gid").toString();
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private static void mode(Path path, int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode);
    }

    private static int modeOf(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode") & 07777;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private void assertRefused(String... message) throws IOException {
        assertThatThrownBy(() -> Domain.join(directory)).isInstanceOf(UnsuitableDirectoryException.class)
            .hasMessageContainingAll(message);
        assertThatThrownBy(() -> DomainInspector.open(directory)).isInstanceOf(UnsuitableDirectoryException.class)
            .hasMessageContainingAll(message);
    }

    @Test
    void everythingInADomainForAGroupIsTheGroupsWhateverTheUmask() throws Exception {
        try (Domain domain = Domain.openToGroup(directory, group);
            SharedQueue<Object> queue = SharedQueue.builder().domain(directory).name("queue").create()) {
            assertThat(domain.isOpenToGroup()).isTrue();
            queue.put(new byte[1_000_000], Duration.ofSeconds(50));
            assertThat(modeOf(directory)).isEqualTo(02770);
            assertThat(Files.getAttribute(directory, "unix:gid")).hasToString(group);
            assertThat(files()).hasSizeGreaterThan(4).allSatisfy(file -> {
                assertThat(modeOf(file)).as(file.toString()).isEqualTo(0660);
                assertThat(Files.getAttribute(file, "unix:gid")).hasToString(group);
            });
            queue.remove();
        }
        try (Domain again = Domain.join(directory); DomainInspector look = DomainInspector.open(directory)) {
            assertThat(again.isOpenToGroup()).isTrue();
            assertThat(look.findings()).isEmpty();
        }
    }

    @Test
    void aDomainIsForItsUserAloneUnlessItWasMadeForAGroup() throws IOException {
        try (Domain domain = Domain.join(directory)) {
            assertThat(domain.isOpenToGroup()).isFalse();
            assertThatThrownBy(() -> Domain.openToGroup(directory, group))
                .isInstanceOf(UnsuitableDirectoryException.class).hasMessageContaining("made");
            assertThat(modeOf(directory)).isEqualTo(0700);
        }
        try (Domain domain = Domain.join(directory)) {
            assertThat(domain.isOpenToGroup()).isFalse();
        }
    }

    @Test
    void aDirectoryThatNobodyOpenedOnPurposeIsRefused() throws IOException {
        Domain.join(directory).close();
        for (int mode : new int[] {02770, 0770, 0750, 02700 | 077}) {
            mode(directory, mode);
            assertRefused("mode", "expected 0700");
        }
        Path empty = Files.createDirectory(parent.resolve("empty"));
        mode(empty, 02770);
        assertThatThrownBy(() -> Domain.join(empty)).isInstanceOf(UnsuitableDirectoryException.class)
            .hasMessageContainingAll("mode", "expected 0700");
        assertThatThrownBy(() -> Domain.openToGroup(empty, group)).isInstanceOf(UnsuitableDirectoryException.class);
        assertThat(empty).isEmptyDirectory();
        mode(directory, 0700);
        Domain.join(directory).close();
    }

    @Test
    void oneThatWasOpenedAndHasAnotherModeOrGroupNowIsRefused() throws IOException {
        Domain.openToGroup(directory, group).close();
        for (int mode : new int[] {0770, 02777, 02750}) {
            mode(directory, mode);
            assertRefused("mode", "expected 0700");
        }
        mode(directory, 0700);
        assertRefused("actual gid " + group, "expected its user alone", "Domain.openToGroup");
        Domain.openToGroup(directory, group).close();
        Domain.join(directory).close();
        assumeTrue(isRoot(), "only root has groups to spare");
        Files.setAttribute(directory, "unix:gid", OtherUser.GROUP + 1);
        mode(directory, 02770);
        assertRefused("no table of its owner says", "gid " + (OtherUser.GROUP + 1));
        assertThatThrownBy(() -> Domain.openToGroup(directory, group))
            .isInstanceOf(UnsuitableDirectoryException.class).hasMessageContaining("group");
    }

    @Test
    void aGroupThatThereIsNotIsRefused() {
        assertThatThrownBy(() -> Domain.openToGroup(directory, "no such group"))
            .isInstanceOf(UnsuitableDirectoryException.class).hasMessageContaining("'no such group'");
        assertThat(GroupDirectories.groupOf(directory)).isEmpty();
    }

    @Test
    void thePropertyOpensTheDefaultDomain() throws IOException {
        System.setProperty(DomainDirectory.PROPERTY, directory.toString());
        System.setProperty(GroupDomain.PROPERTY, group);
        try (Domain domain = Domain.join()) {
            assertThat(domain.isOpenToGroup()).isTrue();
        } finally {
            System.clearProperty(DomainDirectory.PROPERTY);
            System.clearProperty(GroupDomain.PROPERTY);
        }
        assertThat(GroupDomain.chosen("one", "two")).isEqualTo("one");
        assertThat(GroupDomain.chosen("", "two")).isEqualTo("two");
        assertThat(GroupDomain.chosen(null, "")).isNull();
    }

    @Test
    void noChildIsStartedByWayOfADomainThatOthersCanWriteTo() throws IOException {
        try (Domain domain = Domain.openToGroup(directory, group)) {
            assertThatThrownBy(() -> JvmProcess.builder(Thread::yield).domain(domain.directory()).start())
                .isInstanceOf(UncheckedIOException.class).hasMessageContaining("JvmProcessBuilder.domain");
        }
    }

    @Test
    void whatIsHeldOpenByATableOfAnotherUserIsRefused() throws IOException {
        assumeTrue(isRoot(), "only root can give a file to another user");
        Domain.openToGroup(directory, group).close();
        Files.setAttribute(directory.resolve("table"), "unix:uid", OtherUser.ONE);
        assertRefused("no table of its owner says");
    }

    @ParameterizedTest
    @EnumSource(LeaseKind.class)
    void usersOfTheGroupFindEachOthersDeadAndTakeAwayWhatTheyLeave(LeaseKind kind) throws Exception {
        OtherUser users = OtherUser.in(parent);
        try (Peer one = peer(users, OtherUser.ONE, OtherUser.GROUP, kind);
            Peer other = peer(users, OtherUser.ANOTHER, OtherUser.GROUP, kind)) {
            assertThat(one.ask("open " + group)).isEqualTo("1");
            assertThat(modeOf(directory)).isEqualTo(02770);
            assertThat(other.ask("open " + group)).isEqualTo("2");
            assertThat(other.ask("lease")).isEqualTo(kind.text());
            assertThat(one.findsDead(2)).isFalse();
            assertThat(other.findsDead(1)).isFalse();
            String left = other.ask("object -");
            other.ask("object named");
            assertThat(files()).allSatisfy(file -> assertThat(modeOf(file)).as(file.toString()).isEqualTo(0660));

            other.kill();
            while (!one.findsDead(2)) {
                Thread.onSpinWait();
            }
            assertThat(one.ask("reap")).contains(left).doesNotContain("named");
            try (Domain root = Domain.openToGroup(directory, group)) {
                assertThat(root.remove("named")).isTrue();
            }
        }
        assertThat(files().stream().map(file -> file.getFileName().toString())
            .filter(name -> !name.startsWith("lease"))).containsExactlyInAnyOrder("lock", "table");
    }

    @Test
    void whoHasNotSaidThatHeWillUseDomainsOfTheGroupOrIsNotOfItIsRefused() throws Exception {
        OtherUser users = OtherUser.in(parent);
        try (Peer one = peer(users, OtherUser.ONE, OtherUser.GROUP, LeaseKind.OFD);
            Peer unaware = peer(users, OtherUser.ANOTHER, OtherUser.GROUP, LeaseKind.OFD);
            Peer stranger = peer(users, OtherUser.ANOTHER, OtherUser.GROUP + 1, LeaseKind.OFD);
            Peer willing = Peer.of(users.child(DomainChild.class, OtherUser.ANOTHER)
                .property(GroupDomain.PROPERTY, group).start(directory))) {
            assertThat(stranger.ask("open " + group)).isEqualTo("UnsuitableDirectoryException");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory))).isEqualTo("rwx------");
            Files.delete(directory);
            assertThat(one.ask("open " + group)).isEqualTo("1");
            assertThat(unaware.ask("join")).isEqualTo("UnsuitableDirectoryException");
            assertThat(stranger.ask("join")).isEqualTo("UnsuitableDirectoryException");
            assertThat(stranger.ask("open " + group)).isEqualTo("AccessDeniedException");
            assertThat(willing.join()).isEqualTo(2);
            assertThat(one.findsDead(2)).isFalse();
        }
    }

    @Test
    void aLivingProcessOfAnotherUserThatLostItsLeaseIsAliveThoughItCannotBeSeen() throws Exception {
        OtherUser users = OtherUser.in(parent);
        String[] hidden = Unshare.mounts("mount -t proc -o hidepid=2 proc /proc");
        try (Peer one = peer(users, OtherUser.ONE, OtherUser.GROUP, LeaseKind.CHANNEL);
            Peer blind = Peer.of(users.child(DomainChild.class, OtherUser.ANOTHER, OtherUser.GROUP,
                hidden).start(directory))) {
            assertThat(one.ask("open " + group)).isEqualTo("1");
            assertThat(blind.ask("open " + group)).isEqualTo("2");
            assertThat(one.ask("trap " + Trap.SECOND_CHANNEL)).isEqualTo("survived");
            assertThat(blind.findsDead(1)).isFalse();
        }
    }

    private Peer peer(OtherUser users, int user, int of, LeaseKind kind) throws Exception {
        return Peer.of(users.child(DomainChild.class, user, of).property(LeaseKind.PROPERTY, kind.text())
            .start(directory));
    }
}
