package io.millrace.ring;

import io.millrace.format.FormatDocument;
import io.millrace.format.Layout;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RingFormatDocumentTest {
    @TestFactory
    Stream<DynamicTest> theDocumentShowsTheLayoutsOfTheRings() {
        return FormatDocument.tablesShow(
            Stream.of(SpscLayout.LAYOUT, RecordHeader.LAYOUT, MpmcLayout.LAYOUT, MpmcLayout.RECORD,
                    ChainLayout.LAYOUT)
                .collect(Collectors.toMap(Layout::name, Function.identity())));
    }
}
