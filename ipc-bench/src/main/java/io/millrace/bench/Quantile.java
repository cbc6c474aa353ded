package io.millrace.bench;

/** What a share of some values is below. */
final class Quantile {
    static final double MEDIAN = 0.5;

    private Quantile() { }

    /** Between two values in proportion; of at least one, in ascending order. */
    static double of(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
