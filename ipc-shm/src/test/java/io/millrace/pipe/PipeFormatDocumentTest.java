package io.millrace.pipe;

import io.millrace.format.FormatDocument;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PipeFormatDocumentTest {
    @TestFactory
    Stream<DynamicTest> theDocumentShowsTheLayoutsOfPipes() {
        return FormatDocument.tablesShow(Map.of(PipeLayout.FRONT.name(), PipeLayout.FRONT,
            PipeLayout.DIRECTION.name(), PipeLayout.DIRECTION, PipeLayout.END.name(), PipeLayout.END));
    }
}
