package io.millrace.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static final Layout LAYOUT = Layout.named("sample")
        .asciiField("name", 5, "creator", "what it is called")
        .intField("count", "creator", "how many")
        .bytesField("flag", 1, "anybody, by compare-and-set", "one byte")
        .longField("position", "producer", "how far")
        .bytesField("id", 16, "creator", "random")
        .alignTo(128)
        .longField("other", "consumer", "apart from the rest")
        .alignTo(128)
        .build();

    @Test
    void fieldsFollowOneAnotherEachAtTheNextOffsetThatItsTypeAllows() {
        assertThat(LAYOUT.fields()).extracting(Field::name)
            .containsExactly("name", "count", "flag", "position", "id", "other");
        assertThat(LAYOUT.fields()).extracting(Field::offset).containsExactly(0, 8, 12, 16, 24, 128);
        assertThat(LAYOUT.fields()).extracting(Field::length).containsExactly(5, 4, 1, 8, 16, 8);
        assertThat(LAYOUT.fields()).extracting(Field::end).containsExactly(5, 12, 13, 24, 40, 136);
        assertThat(LAYOUT.length()).isEqualTo(256);
    }

    @Test
    void aLayoutWithoutAFinalAlignmentEndsWithItsLastField() {
        assertThat(Layout.named("short").longField("a", "w", "m").intField("b", "w", "m").build().length())
            .isEqualTo(12);
        assertThat(Layout.named("nothing").build().length()).isZero();
    }

    @Test
    void anAlignmentThatIsReachedAlreadyLeavesNoRoom() {
        assertThat(Layout.named("full").longField("a", "w", "m").alignTo(8).alignTo(4).build().length())
            .isEqualTo(8);
    }

    @Test
    void anOffsetIsFoundByName() {
        assertThat(LAYOUT.offsetOf("position")).isEqualTo(16);
    }

    @Test
    void aNameThatNoFieldHasIsRefusedAndTheLayoutNamed() {
        assertThatThrownBy(() -> LAYOUT.offsetOf("positon")).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("no field 'positon' in Layout[sample, 6 fields, 256 bytes]");
    }

    @Test
    void aTypeIsWrittenWithItsLengthUnlessTheTypeAloneSaysIt() {
        assertThat(LAYOUT.fields()).extracting(Field::typeName)
            .containsExactly("ascii[5]", "int32", "bytes", "int64", "bytes[16]", "int64");
    }

    @Test
    void theTableShowsEveryFieldAndTheEnd() {
        assertThat(Layout.named("small").intField("a", "creator", "one").longField("b", "peer", "two").build()
            .toMarkdown()).isEqualTo("""
            | offset | field | type | written by | meaning |
            |---|---|---|---|---|
            | 0 | `a` | int32 | creator | one |
            | 8 | `b` | int64 | peer | two |
            | 16 | *end* | | | |
            """);
    }

    @Test
    void aLayoutCannotBeChangedThroughItsFieldsOrItsBuilder() {
        Layout.Builder builder = Layout.named("grows").intField("a", "w", "m");
        Layout built = builder.build();
        builder.longField("b", "w", "m");
        assertThat(built.fields()).hasSize(1);
        assertThat(built.length()).isEqualTo(4);
        List<Field> fields = built.fields();
        assertThatThrownBy(() -> fields.remove(0)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(built.name()).isEqualTo("grows");
    }

    @Test
    void everyNumberOfTheSegmentHeaderIsAligned() {
        for (Field field : SegmentHeader.LAYOUT.fields()) {
            assertThat(field.offset() % field.type().alignment()).as(field.name()).isZero();
        }
        assertThat(SegmentHeader.LAYOUT.length()).isEqualTo(SegmentHeader.LENGTH)
            .isEqualTo(Layout.CACHE_LINE_PAIR);
    }
}
