package io.millrace.pipe;

/** Why a listener refuses a connector. Its place in the list is what is sent. */
enum Refusal {
    /** The proof was wrong. */
    WRONG_KEY("has another key", "has another key, and has refused this one"),
    /** The connector has no key, and the listener has one. */
    KEY_NEEDED("has no key, and this listener asks for one",
        "asks for a key: give Pipe.connect the one that it has"),
    /** The connector has a key, and the listener has none. */
    KEY_UNKNOWN("has a key, and this listener has none: give Pipe.listen the same",
        "has no key, so it cannot prove who it is"),
    /** What came was no answer to a challenge. */
    UNINTELLIGIBLE("has said what is no answer to a challenge", "has not understood the answer to its challenge"),
    /** The connector has not answered in time. */
    LATE("has not answered in time", "has waited too long for an answer");

    private final String ofConnector;
    private final String ofListener;

    Refusal(String ofConnector, String ofListener) {
        this.ofConnector = ofConnector;
        this.ofListener = ofListener;
    }

    /** The one of that number, which somebody has sent. */
    static Refusal of(byte number) {
        return number >= 0 && number < values().length ? values()[number] : UNINTELLIGIBLE;
    }

    /** What the listener's program is told. */
    AuthenticationException atListener(String listener) {
        return new AuthenticationException(listener + ": whoever wanted to connect " + ofConnector);
    }

    /** What the connector's program is told. */
    AuthenticationException atConnector(String name) {
        return new AuthenticationException(name + ": whoever listens there " + ofListener);
    }
}
