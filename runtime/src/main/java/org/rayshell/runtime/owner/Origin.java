package org.rayshell.runtime.owner;

import org.rayshell.runtime.ObjectId;

/**
 * What submits a task; immutable.
 *
 * @param cell the cell at the top of it all, such as {@code In [7]}; null if none
 * @param parent the object that the submitting task makes; null for the driver
 * @param depth how many tasks are above the submitted one
 */
public record Origin(String cell, ObjectId parent, int depth) {}
