package io.millrace.atomic;

import io.millrace.atomic.CellHome.CellObject;
import io.millrace.atomic.CellHome.Sent;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serializable;

/** Cells on their way to another process. */
final class SentCells implements Serializable {
    private static final long serialVersionUID = 1;

    private final String kind;
    private final Sent place;

    SentCells(String kind, Sent place) {
        this.kind = kind;
        this.place = place;
    }

    private Object readResolve() throws ObjectStreamException {
        CellFormat<?> format = CellFormats.of(kind);
        if (format == null) {
            throw new InvalidObjectException("no kind of cells '" + kind + "'");
        }
        try {
            CellObject object = place.open(format.kind());
            try {
                return format.over(object);
            } catch (IOException | RuntimeException | Error e) {
                object.close();
                throw e;
            }
        } catch (IOException e) {
            InvalidObjectException failure = new InvalidObjectException("the " + kind + " of " + place
                + " cannot be opened: " + e);
            failure.initCause(e);
            throw failure;
        }
    }
}
