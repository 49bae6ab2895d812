package org.rayshell.kernel.eval;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jshell.JShell;

/**
 * What the cells of a session share.
 *
 * @param compiling the lock that guards all that is not thread-safe
 * @param quick null if JShell cannot be reached into
 * @param pendingImports those that JShell was not told of yet: {@code static java.util.Map.*}
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
    ReentrantLock compiling,
    List<String> pendingImports,
    SessionOptions options,
    Results results,
    FinalVariables finals,
    OfferedImports offered) {}
