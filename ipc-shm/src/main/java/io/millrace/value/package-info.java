/**
 * Shared values in a domain: makes the cells of {@code io.millrace.atomic} shared objects, with names, users and an
 * end; and records over its structs, Python's typecodes, and blocks of plain shared memory.
 */
package io.millrace.value;
