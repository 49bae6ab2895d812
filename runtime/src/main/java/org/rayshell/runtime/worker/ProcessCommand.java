package org.rayshell.runtime.worker;

import java.util.List;
import org.rayshell.RuntimeEnv;

/** The command line of a process of a session. */
public interface ProcessCommand {
  /** The command line of one. The session's secret is never on it: others can read it. */
  List<String> line(SessionDirectory session, int number, RuntimeEnv env);
}
