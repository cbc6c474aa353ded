package io.millrace.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.millrace.rules.fixtures.WithMalformedSyncComment;
import io.millrace.rules.fixtures.WithSyncComments;
import io.millrace.rules.fixtures.WithoutSyncComments;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule about SYNC comments finds what breaks it, and nothing else. */
class SyncSitesTest {
    private static SyncSites sitesOf(Class<?> type) {
        return SyncSites.of(new ClassFileImporter().importClasses(type), Project.TEST);
    }

    @Test
    void codeWithCommentsIsTaken() {
        SyncSites sites = sitesOf(WithSyncComments.class);
        assertThat(sites.violations()).isEmpty();
        assertThat(sites.tags()).containsExactly("fixture", "second-fixture");
        assertThat(sites.methods("fixture"))
            .containsExactly("WithSyncComments.lines", "WithSyncComments.new", "WithSyncComments.run");
        assertThat(sites.methods("second-fixture"))
            .containsExactly("WithSyncComments.lambdas", "WithSyncComments.lines");
    }

    @Test
    void callsWithoutCommentAreFound() {
        assertThat(sitesOf(WithoutSyncComments.class).violations())
            .anyMatch(text -> text.contains("putIntRelease in WithoutSyncComments.bare has no SYNC"))
            .anyMatch(text -> text.contains("getIntVolatile in WithoutSyncComments.reference has no SYNC"))
            .anyMatch(text -> text.contains("in WithoutSyncComments.blankLineBetween has no SYNC"))
            .anyMatch(text -> text.contains("in WithoutSyncComments.otherStatementBetween has no SYNC"))
            .anyMatch(text -> text.contains("getAndAddInt in WithoutSyncComments.inner has no SYNC"));
    }

    @Test
    void commentsWithoutCallAndWithoutPartnerAreFound() {
        assertThat(sitesOf(WithoutSyncComments.class).violations())
            .filteredOn(text -> text.endsWith("SYNC comment above no ordered call")).hasSize(2);
        assertThat(sitesOf(WithoutSyncComments.class).violations())
            .contains("SYNC one-sided: no two methods name each other")
            .anyMatch(text -> text.contains("partner WithoutSyncComments.missing is no other method"));
    }

    @Test
    void malformedCommentIsFound() {
        assertThat(sitesOf(WithMalformedSyncComment.class).violations())
            .singleElement().asString()
            .contains("WithMalformedSyncComment.java, line 10: expected '// SYNC tag ↔");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "// SYNC",
        "// SYNC tag: a reason is here; otherwise it would be bad.",
        "// SYNC tag ↔ Partner: a reason is here; otherwise it would be bad.",
        "// SYNC Tag ↔ Partner.method: a reason is here; otherwise it would be bad.",
        "// SYNC tag ↔ Partner.method: a reason is here.",
        "// SYNC tag ↔ Partner.method: reason; otherwise bad.",
        "// SYNC tag ↔ Partner.method: a reason is here; otherwise it would be bad"})
    void commentThatSaysTooLittleIsRefused(String comment) {
        assertThatThrownBy(() -> SyncComment.in(List.of("", comment)))
            .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("line 2: expected ");
    }

    @Test
    void commentOfSeveralLinesIsOneComment() {
        assertThat(SyncComment.in(List.of(
            "    // SYNC tag ↔ Partner.method: a reason that needs",
            "    // more than a line; otherwise it would be bad.",
            "    // SYNC other-tag ↔ Other.method: a reason is here; otherwise it would be bad.",
            "    call();")))
            .containsExactly(new SyncComment(1, 3, "tag", "Partner.method"),
                new SyncComment(3, 4, "other-tag", "Other.method"));
    }

    @Test
    void tableGivesItsRows() {
        assertThat(MemoryModelTable.rows(List.of("| tag | writer |", "|---|---|", "text",
            "| `a-tag` | `A.write` and `B.write(int)` | `C.read` | order | trouble | `MyStress`, `Other` |")))
            .singleElement().satisfies(row -> {
                assertThat(row.tag()).isEqualTo("a-tag");
                assertThat(row.writers()).containsExactly("A.write", "B.write");
                assertThat(row.readers()).containsExactly("C.read");
                assertThat(row.stressTests()).containsExactly("MyStress", "Other");
            });
    }

    @Test
    void tableWithAnEmptyCellIsRefused() {
        List<String> table = List.of("| `a-tag` | `A.write` | `C.read` | order | | `S` |");
        assertThatThrownBy(() -> MemoryModelTable.rows(table))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("6 filled columns");
    }
}
