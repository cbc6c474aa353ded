package io.millrace.ring;

import io.millrace.format.FormatDocument;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RingFormatDocumentTest {
    @TestFactory
    Stream<DynamicTest> theDocumentShowsTheLayoutsOfTheRing() {
        return FormatDocument.tablesShow(Map.of(SpscLayout.LAYOUT.name(), SpscLayout.LAYOUT,
            RecordHeader.LAYOUT.name(), RecordHeader.LAYOUT));
    }
}
