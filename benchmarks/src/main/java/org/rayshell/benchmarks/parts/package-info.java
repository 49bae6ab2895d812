/**
 * The rows of {@code benchmarks/run parts}: what a call is made of, measured by JMH inside one JVM.
 * Benchmarks of what only its own package sees are in a package of that name.
 */
package org.rayshell.benchmarks.parts;
