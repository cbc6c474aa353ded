package io.millrace.atomic;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.format.FormatDocument;
import io.millrace.format.Layout;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AtomicFormatDocumentTest {
    @TestFactory
    Stream<DynamicTest> theDocumentShowsTheLayoutsOfTheCode() {
        return FormatDocument.tablesShow(Map.of(ValueLayout.LAYOUT.name(), ValueLayout.LAYOUT,
            StructLayout.LAYOUT.name(), StructLayout.LAYOUT, LabelLayout.LAYOUT.name(), LabelLayout.LAYOUT,
            LabelLayout.SLOT.name(), LabelLayout.SLOT, StructsLayout.LAYOUT.name(), StructsLayout.LAYOUT,
            StructsLayout.ELEMENT.name(), StructsLayout.ELEMENT, StructsLayout.ITEM.name(), StructsLayout.ITEM));
    }

    @Test
    void aSlotIsTheBodyOfAValue() {
        assertThat(LabelLayout.SLOT.offsetOf("count")).isEqualTo(ValueLayout.COUNT);
        assertThat(LabelLayout.SLOT.offsetOf("stride")).isEqualTo(ValueLayout.STRIDE);
        assertThat(LabelLayout.SLOT.offsetOf("signal")).isEqualTo(ValueLayout.SIGNAL);
        assertThat(LabelLayout.SLOT.offsetOf("handles")).isEqualTo(ValueLayout.HANDLES);
        assertThat(LabelLayout.SLOT.offsetOf("cell")).isEqualTo(ValueLayout.CELLS);
        assertThat(LabelLayout.SLOT.length()).isEqualTo(2 * Layout.CACHE_LINE_PAIR);
    }
}
