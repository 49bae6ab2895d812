package org.rayshell.kernel.session;

import org.rayshell.kernel.comm.SessionComms;

/**
 * What a session offers its engine: an engine's public constructor may take it.
 *
 * @param comms to open comms and to register their targets
 * @param history what has been run
 * @param notebook where its cells can be opened
 */
public record SessionContext(SessionComms comms, History history, NotebookAddress notebook) {}
