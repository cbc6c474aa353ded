package io.millrace.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;

/** Writes an object, and asks about each class what the reader's filter will be asked. */
final class MessageObjectOutput extends ObjectOutputStream {
    private final MessageFilter filter;

    MessageObjectOutput(OutputStream out, MessageFilter filter) throws IOException {
        super(out);
        this.filter = filter;
    }

    @Override
    protected void annotateClass(Class<?> type) {
        check(type);
    }

    @Override
    protected void annotateProxyClass(Class<?> type) {
        check(type);
    }

    private void check(Class<?> type) {
        if (filter.rejects(type)) {
            throw new EncodingException(filter.rejection());
        }
    }
}
