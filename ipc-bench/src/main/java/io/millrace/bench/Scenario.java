package io.millrace.bench;

/** What is measured. */
enum Scenario {
    /** One side sends without pause, the other receives and checks; messages per second at the receiver. */
    THROUGHPUT("throughput"),
    /** One message to and fro, one after the other; the time of each in nanoseconds. */
    ROUND_TRIP("round-trip");

    private final String title;

    Scenario(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
