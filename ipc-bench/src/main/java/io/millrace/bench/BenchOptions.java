package io.millrace.bench;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What to run and where the result goes.
 *
 * @param quick one short trial a row, and 32-byte messages alone unless {@code only} asks for others
 * @param only rows whose key contains a match, or null for all
 * @param json file for the result, or null
 * @param html file for the result as a page, or null
 * @param pin whether the two sides are bound to a processor each
 */
public record BenchOptions(boolean quick, Pattern only, Path json, Path html, boolean pin) { }
