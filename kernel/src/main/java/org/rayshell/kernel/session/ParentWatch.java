package org.rayshell.kernel.session;

import java.util.Optional;

/** Ends the kernel when the Jupyter that started it is gone, however it went. */
public final class ParentWatch {
  private final Optional<ProcessHandle> parent;

  private ParentWatch(Optional<ProcessHandle> parent) {
    this.parent = parent;
  }

  /**
   * Looks for the process of that id, as early as can be: one that ends while the kernel starts is
   * noticed, too. Nothing is watched if the text is no id of a living process: then Jupyter runs
   * elsewhere, and whoever started the kernel ends it.
   */
  public static ParentWatch of(String pid) {
    if (pid == null || !pid.matches("[1-9][0-9]{0,17}") || pid.equals("1")) {
      return new ParentWatch(Optional.empty());
    }
    return new ParentWatch(ProcessHandle.of(Long.parseLong(pid)));
  }

  /** Watches; the action is run at once if the process has ended meanwhile. */
  public void start(Runnable whenGone) {
    parent.ifPresent(process -> process.onExit().thenRun(whenGone));
  }
}
