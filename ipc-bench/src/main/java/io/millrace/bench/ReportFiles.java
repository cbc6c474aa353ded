package io.millrace.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes the result to files, each whole or not at all. */
final class ReportFiles {
    private ReportFiles() { }

    static void write(Report report, BenchOptions options) throws IOException {
        if (options.json() != null) {
            writeWhole(options.json(),
                JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(report.toMap()) + System.lineSeparator());
        }
        if (options.html() != null) {
            writeWhole(options.html(), HtmlPage.render(report));
        }
    }

    private static void writeWhole(Path target, String text) throws IOException {
        Path directory = target.toAbsolutePath().getParent();
        Path temporary = Files.createTempFile(directory, "." + target.getFileName(), ".tmp");
        try {
            Files.writeString(temporary, text);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
