package org.rayshell.runtime.view;

/**
 * An object that the driver owns and whose value is there; immutable.
 *
 * @param objectId 56 hex digits
 * @param function the task that made it; null for what was {@code put}
 * @param cell where it was submitted or put, {@code In [7]}; null outside a notebook
 * @param type a short text of the value, {@code int 49}, or of its type, {@code double[1000000]};
 *     null if it is not known without fetching it
 * @param bytes its size, encoded
 * @param workerPid the worker that keeps it; 0 if the driver does
 * @param borrowers how many other processes have refs of it
 * @param since when it was submitted or put, epoch nanoseconds
 */
public record ObjectInfo(
    String objectId,
    String function,
    String cell,
    String type,
    long bytes,
    long workerPid,
    int borrowers,
    long since) {}
