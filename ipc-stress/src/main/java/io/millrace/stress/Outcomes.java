package io.millrace.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;
import org.openjdk.jcstress.infra.runners.TestList;

/** What the tests of one run of jcstress showed, added up over all its configurations. */
final class Outcomes {
    private final Map<String, Tally> tallies = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();

    private Outcomes() { }

    /** Reads the results that jcstress left in a directory. */
    static Outcomes readFrom(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(directory)) {
            files = entries.filter(file -> file.toString().endsWith(".bin.gz")).toList();
        }
        Outcomes outcomes = new Outcomes();
        for (Path file : files) {
            InProcessCollector collector = new InProcessCollector();
            DiskReadCollector reader = new DiskReadCollector(file.toString(), collector);
            try {
                reader.dump();
            } catch (ClassNotFoundException e) {
                throw new IOException(file + " is not a result of this version of jcstress", e);
            } finally {
                reader.close();
            }
            collector.getTestResults().forEach(outcomes::add);
        }
        return outcomes;
    }

    private void add(TestResult result) {
        Tally tally = tallies.computeIfAbsent(result.getName(), name -> new Tally());
        if (result.status() != Status.NORMAL) {
            fail(result.getName() + " ended with " + result.status());
            return;
        }
        for (GradingResult grading : result.grading().gradingResults.values()) {
            tally.samples += grading.count;
            if (grading.count > 0 && grading.expect == Expect.FORBIDDEN) {
                fail(result.getName() + " showed the forbidden outcome (" + grading.id + ")");
            }
            if (grading.expect == Expect.ACCEPTABLE_INTERESTING) {
                tally.interesting += grading.count;
            }
        }
    }

    /** A failure if there is a test that did not run, say, for want of processors. */
    void requireAllTests() {
        for (String test : TestList.tests()) {
            Tally tally = tallies.get(test);
            if (tally == null || tally.samples == 0) {
                fail(test + " did not run");
            }
        }
    }

    /** Those of the given tests that ran and never showed an interesting outcome. */
    Set<String> notShowing(Set<String> tests) {
        return tests.stream().filter(test -> tallies.containsKey(test) && tallies.get(test).interesting == 0)
            .collect(Collectors.toSet());
    }

    void fail(String failure) {
        if (!failures.contains(failure)) {
            failures.add(failure);
        }
    }

    List<String> failures() {
        return failures;
    }

    /** A line per test. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        tallies.forEach((test, tally) -> text.append(String.format("  %-60s %,12d samples, %,8d bad%s%n",
            test, tally.samples, tally.interesting, test.contains("Weakened") ? " (weakened)" : "")));
        return text.toString();
    }

    private static final class Tally {
        private long samples;
        private long interesting;
    }
}
