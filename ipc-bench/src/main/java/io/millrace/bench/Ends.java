package io.millrace.bench;

/** How many threads send and how many receive; those of one side share a JVM. */
record Ends(int producers, int consumers) {
    static final Ends ONE_EACH = new Ends(1, 1);

    boolean isOneEach() {
        return equals(ONE_EACH);
    }

    @Override
    public String toString() {
        return producers + "x" + consumers;
    }
}
