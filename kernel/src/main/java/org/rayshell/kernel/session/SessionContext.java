package org.rayshell.kernel.session;

import java.util.function.LongSupplier;
import org.rayshell.kernel.comm.SessionComms;

/**
 * What a session offers its engine: an engine's public constructor may take it.
 *
 * @param comms to open comms and to register their targets
 * @param history what has been run
 * @param notebook where its cells can be opened
 * @param frontEnds how many subscriptions to iopub there have been: a page of a notebook makes one
 *     when it has loaded it
 */
public record SessionContext(
    SessionComms comms, History history, NotebookAddress notebook, LongSupplier frontEnds) {}
