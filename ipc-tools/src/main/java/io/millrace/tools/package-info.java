/** The command line. */
package io.millrace.tools;
