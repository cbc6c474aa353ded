package io.millrace.domain;

/** The shared object was removed while this handle was in use; what was in it is gone. */
public final class ObjectRemovedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ObjectRemovedException(String object) {
        super(object + " was removed; close the handle, and make the object anew if it is needed");
    }
}
