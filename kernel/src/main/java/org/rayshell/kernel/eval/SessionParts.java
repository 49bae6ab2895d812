package org.rayshell.kernel.eval;

import java.util.concurrent.locks.ReentrantLock;
import jdk.jshell.JShell;

/**
 * What the cells of a session share.
 *
 * @param compiling the lock that guards all that is not thread-safe
 * @param quick null if JShell cannot be reached into
 */
record SessionParts(
    JShell shell,
    SessionClasses classes,
    SnippetControl control,
    Variables variables,
    RemoteFunctions functions,
    CellSources sources,
    CellTrace trace,
    QuickSnippets quick,
    CellRunner runner,
    ReentrantLock compiling) {}
