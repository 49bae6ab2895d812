/**
 * The row of {@code benchmarks/run cluster}: RayShell's gateway beside Ray's own driver in Java.
 */
package org.rayshell.benchmarks.cluster;
