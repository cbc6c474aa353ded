/**
 * Child JVMs: a function and its arguments run in a process of their own, with this program's classes.
 *
 * <p>The protocol between a parent and its child is {@code docs/protocols/processes.md}.
 */
package io.millrace.process;
