package io.millrace.value;

/** What is in shared memory is no record of that class: it has other components. */
public final class WrongRecordException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    WrongRecordException(String name, String expected) {
        super("components of the record in '" + name + "': expected " + expected + "; open it as what it is");
    }
}
