package io.millrace.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.Background;
import java.io.IOException;
import java.nio.file.Path;

/** What several tests do with a domain. */
final class Joined {
    private Joined() { }

    /** Joins with a lease of this kind. */
    static Domain as(LeaseKind kind, Path directory) throws IOException {
        return as(kind, directory, IdWord.FIRST);
    }

    /** The same, with this as the first id if the domain is new. */
    static Domain as(LeaseKind kind, Path directory, int firstId) throws IOException {
        String before = System.getProperty(LeaseKind.PROPERTY);
        System.setProperty(LeaseKind.PROPERTY, kind.text());
        try {
            Domain domain = Domain.join(directory, FileSystemTypes.OF_MOUNTS, new IdWord(0, 0, firstId));
            assertThat(domain.toString()).contains("lease " + kind.text());
            return domain;
        } finally {
            if (before == null) {
                System.clearProperty(LeaseKind.PROPERTY);
            } else {
                System.setProperty(LeaseKind.PROPERTY, before);
            }
        }
    }

    /** Waits until somebody is found dead. */
    static void awaitDeath(Domain domain, int id) throws InterruptedException {
        Background.awaitUntil(() -> domain.owner().isDead().test(id));
    }
}
