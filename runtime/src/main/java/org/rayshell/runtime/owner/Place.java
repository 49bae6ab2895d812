package org.rayshell.runtime.owner;

/**
 * Where a value is that is kept by the worker which made it.
 *
 * @param worker that process
 * @param bytes of the value
 * @param made how it is made again if it is lost; null for what is borrowed
 */
record Place(String worker, long bytes, Recipe made) {}
