package org.rayshell.runtime.view;

import java.util.List;

/**
 * Some of what tasks printed; immutable.
 *
 * @param lines in order
 * @param last the number of the session's last line so far: ask for what comes after it
 * @param dropped how many of the session's lines are no longer kept
 */
public record LogPage(List<LogLine> lines, long last, long dropped) {}
