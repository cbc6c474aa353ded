package io.millrace.domain;

import io.millrace.codec.DecodingException;
import io.millrace.memory.Region;

/** What tells the copies of handles in a message, behind its content: the ticket of each, and how many there are. */
final class Tickets {
    private Tickets() { }

    /** So many bytes are behind the content of a message with so many copies. */
    static int length(int copies) {
        return copies * Long.BYTES + Integer.BYTES;
    }

    /**
     * The length of the content in front of the tickets.
     *
     * @throws DecodingException if the message cannot have so many as it says
     */
    static int contentLength(Region message) {
        int copies = message.length() < Integer.BYTES ? 0 : message.getIntPlain(message.length() - Integer.BYTES);
        if (copies < 1 || copies > (message.length() - Integer.BYTES) / Long.BYTES) {
            throw new DecodingException("handles in a message of " + message.length() + " bytes: actual " + copies
                + ", expected 1 to " + (message.length() - Integer.BYTES) / Long.BYTES);
        }
        return message.length() - length(copies);
    }

    /** Whether the ticket is behind the content. What is no message with tickets, has none. */
    static boolean contains(Region message, long ticket) {
        int from;
        try {
            from = contentLength(message);
        } catch (DecodingException e) {
            return false;
        }
        for (int offset = from; offset < message.length() - Integer.BYTES; offset += Long.BYTES) {
            if (message.getLongPlain(offset) == ticket) {
                return true;
            }
        }
        return false;
    }
}
