/**
 * What threads of several processes wait for each other by, and whose holder may die at any instant. The protocols are
 * in {@code docs/protocols}.
 */
package io.millrace.sync;
