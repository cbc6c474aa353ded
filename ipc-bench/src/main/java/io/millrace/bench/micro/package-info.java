/** JMH benchmarks of single operations in one JVM: for profiles and for bytes allocated, not for comparisons. */
package io.millrace.bench.micro;
