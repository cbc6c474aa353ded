package io.millrace.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.format.Segment;
import io.millrace.testing.Background;
import java.io.IOException;
import java.nio.file.Path;

/** What several tests do with a domain. */
final class Joined {
    private Joined() { }

    /** Joins with a lease of this kind. */
    static Domain as(LeaseKind kind, Path directory) throws IOException {
        String before = System.getProperty(LeaseKind.PROPERTY);
        System.setProperty(LeaseKind.PROPERTY, kind.text());
        try {
            Domain domain = Domain.join(directory);
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

    /** The word of ids of a domain that exists. */
    static IdWord ids(Path directory) throws IOException {
        try (DomainTable table = DomainTable.open(new DomainFiles(directory).table())) {
            return table.ids().read();
        }
    }

    /** Hands out ids, up to this one, to nobody. */
    static void skipTo(Path directory, int next) throws IOException {
        try (Segment table = Segment.open(new DomainFiles(directory).table(), DomainTable.KIND)) {
            IdWord now = IdWord.of(table.body().getLongPlain(DomainTable.IDS));
            table.body().putLongVolatile(DomainTable.IDS, new IdWord(now.epoch(), next).value());
        }
    }
}
