package io.millrace.domain;

import io.millrace.codec.MessageBuffer;
import io.millrace.memory.Region;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The handles on shared objects in a message that is being sent: copies that keep what they lead to. While the message
 * is encoded, each that is serialized by this thread makes its entry; then their tickets go behind the content; and
 * when the message was published, that is noted. Closed before, they are no copies any more.
 *
 * <p><b>Who may call it:</b> one thread.
 *
 * <p><b>Death:</b> see docs/protocols/handles-in-messages.md.
 */
public final class OutgoingHandles implements AutoCloseable {
    private static final Scope<OutgoingHandles> ENCODING = new Scope<>();

    private final SharedObject container;
    private final List<Copy> copies = new ArrayList<>(0);

    private record Copy(UserList users, UserList.Entry entry) { }

    /** Those in a message that is going to be in that object. */
    public OutgoingHandles(SharedObject container) {
        this.container = container;
    }

    /** Encodes the message's content; handles that are serialized meanwhile travel in the message. */
    public void encode(Runnable encoding) {
        ENCODING.run(this, () -> {
            encoding.run();
            return this;
        });
    }

    /** Those of the message that this thread is encoding; null if it encodes none. */
    public static OutgoingHandles current() {
        return ENCODING.current();
    }

    /**
     * Adds a copy.
     *
     * @param of the object that the list is of, or that has it
     * @throws NotSerializableException if that is of another domain, or nobody may become a user any more
     */
    public UserList.Entry add(SharedObject of, UserList users) throws NotSerializableException {
        UUID domain = container.domainId();
        if (!of.domainId().equals(domain)) {
            throw new NotSerializableException("the anonymous object " + of + " cannot be sent through " + container
                + " of another domain; one that is to be sent there needs a name");
        }
        UserList.Entry entry = users.send(container.owner().id(), container.tagWord());
        if (entry == null) {
            throw new NotSerializableException(of + " or its end is over, and cannot be sent");
        }
        copies.add(new Copy(users, entry));
        return entry;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return copies.isEmpty();
    }

    /** How many bytes their tickets take behind the content; 0 if there are none. */
    public int length() {
        return copies.isEmpty() ? 0 : Tickets.length(copies.size());
    }

    /** Adds the tickets to a message. */
    public void appendTo(MessageBuffer buffer) {
        int at = buffer.length();
        int whole = at + length();
        Region message = buffer.reserve(whole);
        for (Copy copy : copies) {
            message.putLongPlain(at, copy.entry.value());
            at += Long.BYTES;
        }
        message.putIntPlain(at, copies.size());
        buffer.setLength(whole);
    }

    /** The message is published. */
    public void sent() {
        copies.forEach(copy -> copy.users.put(copy.entry));
        copies.clear();
    }

    /** Ends the copies, if the message was not sent. */
    @Override
    public void close() {
        copies.forEach(copy -> copy.users.leave(copy.entry));
        copies.clear();
    }

    @Override
    public String toString() {
        return "OutgoingHandles[" + copies.size() + " in a message for " + container + "]";
    }
}
