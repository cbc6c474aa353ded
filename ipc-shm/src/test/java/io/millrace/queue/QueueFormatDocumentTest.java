package io.millrace.queue;

import io.millrace.format.FormatDocument;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class QueueFormatDocumentTest {
    @TestFactory
    Stream<DynamicTest> theDocumentShowsTheLayoutsOfQueues() {
        return FormatDocument.tablesShow(Map.of(QueueLayout.LAYOUT.name(), QueueLayout.LAYOUT));
    }
}
