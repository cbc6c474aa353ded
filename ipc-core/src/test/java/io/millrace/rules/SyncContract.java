package io.millrace.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Comments, table and stress tests tell the same of every pair of ordered accesses of a module; see {@link SyncSites}.
 */
abstract class SyncContract {
    private static final Path DOCUMENT = Project.ROOT.resolve("docs/memory-model.md");
    private static final Pattern MENTION = Pattern.compile("SYNC ([a-z-]+)");

    private final List<OrderedCall> calls;
    private final SyncSites sites;
    private final List<MemoryModelTable.Row> rows;
    private final List<MemoryModelTable.Row> rowsOfAll = MemoryModelTable.rows(Project.lines(DOCUMENT));
    private final Map<String, Set<String>> tagsOfStressTests = tagsOfStressTests();

    /** For one module: its classes, the root of their sources, and the heading of its table. */
    SyncContract(JavaClasses classes, Path root, String heading) {
        calls = OrderedCall.in(classes);
        sites = SyncSites.of(classes, root);
        rows = MemoryModelTable.rows(Project.section(DOCUMENT, heading));
    }

    @Test
    void everyOrderedCallHasACommentWithAPartner() {
        assertThat(calls).isNotEmpty();
        assertThat(sites.tags()).isNotEmpty();
        assertThat(sites.violations()).isEmpty();
    }

    @Test
    void everyTagHasOneRowInTheTableAndEveryRowATag() {
        assertThat(rows).extracting(MemoryModelTable.Row::tag)
            .doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(sites.tags());
    }

    @Test
    void methodsInTheTableAreThoseThatCarryTheTag() {
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.writers()).as("writers of " + row.tag()).isNotEmpty();
            assertThat(row.readers()).as("readers of " + row.tag()).isNotEmpty();
            Set<String> both = new TreeSet<>(row.writers());
            both.addAll(row.readers());
            assertThat(both).as("methods of " + row.tag()).isEqualTo(sites.methods(row.tag()));
        });
    }

    @Test
    void everyRowNamesStressTestsThatMentionItsTag() {
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.stressTests()).as("stress tests of " + row.tag()).isNotEmpty();
            assertThat(row.stressTests()).allSatisfy(test ->
                assertThat(tagsOfStressTests.getOrDefault(test, Set.of())).as(test).contains(row.tag()));
        });
    }

    @Test
    void everyRowStandsInTheTableOfAModule() {
        assertThat(rowsOfAll).containsAll(rows).extracting(MemoryModelTable.Row::tag).doesNotHaveDuplicates();
    }

    @Test
    void everyStressTestMentionsATagWhoseRowNamesIt() {
        assertThat(tagsOfStressTests).isNotEmpty().allSatisfy((test, tags) -> {
            assertThat(tags).as("tags of " + test).isNotEmpty()
                .isSubsetOf(rowsOfAll.stream().map(MemoryModelTable.Row::tag).toList());
            assertThat(rowsOfAll.stream().filter(row -> tags.contains(row.tag()))).as("rows of " + test)
                .isNotEmpty().allSatisfy(row -> assertThat(row.stressTests()).contains(test));
        });
    }

    /**
     * The tags that each class of stress tests mentions; a file is one if it has tests or says that it is.
     */
    private static Map<String, Set<String>> tagsOfStressTests() {
        Map<String, Set<String>> tags = new TreeMap<>();
        for (Path file : Project.javaFiles(Project.STRESS)) {
            String text = String.join("\n", Project.lines(file));
            if (text.contains("@JCStressTest") || MENTION.matcher(text).find()) {
                tags.put(file.getFileName().toString().replace(".java", ""), MENTION.matcher(text).results()
                    .map(match -> match.group(1)).collect(Collectors.toCollection(TreeSet::new)));
            }
        }
        return tags;
    }
}
