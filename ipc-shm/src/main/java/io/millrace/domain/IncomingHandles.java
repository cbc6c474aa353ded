package io.millrace.domain;

import io.millrace.memory.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The handles on shared objects in a message that was received. While it is decoded, each opens what it leads to, and
 * is a user of its own from then on; the copy in the message ends when the message is over, and not before: until then
 * it may be received again.
 *
 * <p><b>Who may call it:</b> one thread at a time.
 *
 * <p><b>Death:</b> see docs/protocols/handles-in-messages.md.
 */
public final class IncomingHandles {
    private static final Scope<IncomingHandles> DECODING = new Scope<>();

    private final List<Runnable> copies = new ArrayList<>(0);
    private final List<AutoCloseable> opened = new ArrayList<>(0);

    /**
     * The length of the content of a message with handles: their tickets are behind it.
     *
     * @throws io.millrace.codec.DecodingException if the message cannot have so many as it says
     */
    public static int contentLength(Region message) {
        return Tickets.contentLength(message);
    }

    /** Decodes the message's content. If that fails, what was opened is closed. */
    public <T> T decode(Supplier<T> decoding) {
        boolean done = false;
        try {
            T content = DECODING.run(this, decoding);
            done = true;
            return content;
        } finally {
            if (!done) {
                closeOpened();
            }
            opened.clear();
        }
    }

    /**
     * A handle in the message has become a user; does nothing if this thread decodes no message.
     *
     * @param users the list where the copy has its entry
     */
    public static void add(UserList users, UserList.Entry copy, AutoCloseable handle) {
        IncomingHandles current = DECODING.current();
        if (current != null) {
            current.copies.add(() -> users.leave(copy));
            current.opened.add(handle);
        }
    }

    /** The message is over, so the copies in it are. */
    public void messageIsOver() {
        copies.forEach(Runnable::run);
        copies.clear();
    }

    private void closeOpened() {
        for (int last = opened.size() - 1; last >= 0; last--) {
            try {
                opened.get(last).close();
            } catch (Exception e) {
                continue; // why the message cannot be decoded is what its receiver must hear of
            }
        }
    }

    @Override
    public String toString() {
        return "IncomingHandles[" + copies.size() + " copies]";
    }
}
