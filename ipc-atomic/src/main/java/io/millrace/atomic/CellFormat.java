package io.millrace.atomic;

import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import java.io.IOException;

/**
 * How something made of cells is made and opened.
 *
 * @param <T> what it is
 */
interface CellFormat<T> {
    SegmentKind kind();

    /** Bytes of the body. */
    long length();

    /** Fills the body, which is zero. */
    void initialise(Region body);

    /** Checks what was opened, and uses it. */
    T over(CellHome.CellObject object) throws IOException;
}
