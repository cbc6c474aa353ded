package io.millrace.domain;

import io.millrace.format.FormatDocument;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class DomainFormatDocumentTest {
    @TestFactory
    Stream<DynamicTest> theDocumentShowsTheLayoutsOfTheDomain() {
        return FormatDocument.tablesShow(Map.of(DomainTable.LAYOUT.name(), DomainTable.LAYOUT,
            LeaseNotes.LAYOUT.name(), LeaseNotes.LAYOUT, ObjectLayout.LAYOUT.name(), ObjectLayout.LAYOUT));
    }
}
