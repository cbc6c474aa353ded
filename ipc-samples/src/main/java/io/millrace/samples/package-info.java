/**
 * Short programs that show the library at work: each is the counterpart of a program for Python's {@code
 * multiprocessing}, runs in real child JVMs, and uses nothing but public types.
 */
package io.millrace.samples;
