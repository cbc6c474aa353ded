/**
 * Files that describe themselves: the header of a segment, the layouts that are the single source of every offset,
 * and the typed errors of opening what somebody else wrote.
 *
 * <p>The format as a document that suffices alone is {@code docs/format.md}; its tables are rendered from the layouts
 * here.
 */
package io.millrace.format;
