/**
 * The rows of {@code benchmarks/run tasks}, as a program on RayShell: what {@code ray_program.py}
 * and {@code dask_program.py} do on theirs, in the same words and sizes.
 */
package org.rayshell.benchmarks.tasks;
