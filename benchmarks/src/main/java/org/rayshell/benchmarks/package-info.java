/** What is measured inside one JVM, by JMH. */
package org.rayshell.benchmarks;
