package io.millrace.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM whose temporary and working directory lets no code be loaded from it, so that no native library can be. */
@Timeout(60)
class NoNativeCodeTest {
    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private ChildJvm.Builder withoutNativeCode() throws Exception {
        Path temporary = Files.createDirectory(parent.resolve("noexec"));
        String[] mount = Unshare.mounts("mount -t tmpfs -o noexec none '" + temporary + "' && cd '"
            + temporary + "'");
        return ChildJvm.of(DomainChild.class).through(mount).property("java.io.tmpdir", temporary.toString());
    }

    @Test
    void leaseIsThenByChannelAndWorksWithTheOthers() throws Exception {
        Path directory = parent.resolve("domain");
        try (Domain domain = Domain.join(directory); Peer peer = Peer.of(withoutNativeCode().start(directory))) {
            assertThat(peer.ask("lease")).isEqualTo("channel");
            int id = peer.join();
            assertThat(peer.findsDead(domain.ownerId())).isFalse();
            assertThat(domain.isDead(id)).isFalse();
            peer.kill();
            Joined.awaitDeath(domain, id);
        }
    }

    @Test
    void leaseThatIsAskedForAndNeedsItIsAnError() throws Exception {
        ChildJvm.Builder child = withoutNativeCode().property(LeaseKind.PROPERTY, LeaseKind.OFD.text());
        try (Peer peer = Peer.of(child.start(parent.resolve("domain")))) {
            assertThat(peer.ask("join")).isEqualTo("FileSystemException");
        }
    }
}
