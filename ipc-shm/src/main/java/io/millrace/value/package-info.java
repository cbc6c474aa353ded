/**
 * Shared values in a domain: makes the cells of {@code io.millrace.atomic} shared objects, with names, users and an
 * end.
 */
package io.millrace.value;
