package io.millrace.tools;

import java.time.Duration;
import java.util.Locale;

/** Numbers for people. */
final class Units {
    private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final int STEP = 1024;

    private Units() { }

    /** Such as {@code 1.1 MiB}. */
    static String bytes(long count) {
        double value = count;
        int unit = 0;
        while (value >= STEP && unit < BYTES.length - 1) {
            value /= STEP;
            unit++;
        }
        return unit == 0 ? count + " B" : String.format(Locale.ROOT, "%.1f %s", value, BYTES[unit]);
    }

    /** Such as {@code 1 user} and {@code 2 users}. */
    static String count(int count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    /** Such as {@code 3 min}: whole ones of the greatest unit. */
    static String age(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + " d";
        } else if (age.toHours() > 0) {
            return age.toHours() + " h";
        } else if (age.toMinutes() > 0) {
            return age.toMinutes() + " min";
        }
        return Math.max(0, age.toSeconds()) + " s";
    }
}
