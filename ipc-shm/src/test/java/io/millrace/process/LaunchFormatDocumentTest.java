package io.millrace.process;

import io.millrace.format.FormatDocument;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class LaunchFormatDocumentTest {
    @TestFactory
    Stream<DynamicTest> theDocumentShowsTheLaunchRecord() {
        return FormatDocument.tablesShow(Map.of(LaunchLayout.LAYOUT.name(), LaunchLayout.LAYOUT));
    }
}
