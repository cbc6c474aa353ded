package io.millrace.codec;

import java.io.ObjectInputFilter;

/**
 * The filter for one message: the filter of the whole JVM, then a bound that the message's length sets, then the
 * user's filter, then the default one.
 */
final class MessageFilter implements ObjectInputFilter {
    /*
     * Each element of an array takes a byte of the message or more. The JDK's collections ask about the array that
     * they are going to make, which is at most eight times as long as they have elements, at more than eight bytes
     * each; short ones are let pass whatever they ask.
     */
    private static final int ANY_ARRAY_LENGTH = 1024;

    private final ObjectInputFilter user;
    private final int messageLength;
    private String rejection;

    /** With the user's filter, or null. */
    MessageFilter(ObjectInputFilter user, int messageLength) {
        this.user = user;
        this.messageLength = messageLength;
    }

    @Override
    public Status checkInput(FilterInfo info) {
        // A filter of a stream replaces the one of the JVM, unless it asks for it.
        ObjectInputFilter everywhere = Config.getSerialFilter();
        if (everywhere != null && everywhere.checkInput(info) == Status.REJECTED) {
            return reject(info, "by the filter of this JVM (jdk.serialFilter)");
        }
        if (info.arrayLength() > Math.max(messageLength, ANY_ARRAY_LENGTH)) {
            return reject(info, "an array of " + info.arrayLength() + " elements in a message of " + messageLength
                + " bytes");
        }
        Status decision = user == null ? Status.UNDECIDED : user.checkInput(info);
        if (decision == Status.REJECTED) {
            return reject(info, "by the filter that the codec was given");
        }
        if (decision == Status.UNDECIDED) {
            decision = DefaultFilter.INSTANCE.checkInput(info);
            if (decision == Status.REJECTED) {
                return reject(info, "by the default filter, at depth " + info.depth()
                    + "; allow it by SerializableCodec.withFilter if it is meant");
            }
        }
        return decision;
    }

    /** Whether a class would be rejected wherever it is. */
    boolean rejects(Class<?> type) {
        return checkInput(new AboutClass(type)) == Status.REJECTED;
    }

    /** What was rejected last and why; null if nothing was. */
    String rejection() {
        return rejection;
    }

    private Status reject(FilterInfo info, String reason) {
        rejection = (info.serialClass() == null ? "an object" : "class " + info.serialClass().getName())
            + " is rejected: " + reason;
        return Status.REJECTED;
    }

    /** A question about a class and nothing else. */
    private record AboutClass(Class<?> serialClass) implements FilterInfo {
        @Override
        public long arrayLength() {
            return -1;
        }

        @Override
        public long depth() {
            return 1;
        }

        @Override
        public long references() {
            return 1;
        }

        @Override
        public long streamBytes() {
            return 0;
        }
    }
}
