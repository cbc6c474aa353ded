package io.millrace.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.memory.MappedFile;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FormatDocumentTest {
    @TestFactory
    Stream<DynamicTest> theDocumentShowsTheLayoutsOfTheCode() {
        return FormatDocument.tablesShow(Map.of(SegmentHeader.LAYOUT.name(), SegmentHeader.LAYOUT));
    }

    @Test
    void everyMarkerOfATableHasItsEnd() throws IOException {
        String text = FormatDocument.text();
        assertThat(text.split("<!-- layout: ", -1)).hasSameSizeAs(text.split("<!-- end -->", -1));
    }

    @Test
    void theNumbersInTheProseAreTheOnesOfTheCode() throws IOException {
        assertThat(FormatDocument.text())
            .contains("bytes 0 to 7 are the ASCII characters `" + SegmentHeader.MAGIC + "`")
            .contains("at most " + MappedFile.LENGTH_MAX + ",")
            .contains("A file is a segment if and only if");
    }
}
