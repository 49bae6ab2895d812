package org.rayshell.kernel.session;

/** Ends the kernel when the Jupyter that started it is gone, however it went. */
public final class ParentWatch {
  private ParentWatch() {}

  /**
   * Watches the process of that id; nothing if the text is no id of a living process: then Jupyter
   * runs elsewhere, and whoever started the kernel ends it.
   */
  public static void start(String pid, Runnable whenGone) {
    if (pid == null || !pid.matches("[1-9][0-9]{0,17}") || pid.equals("1")) {
      return;
    }
    ProcessHandle.of(Long.parseLong(pid)).ifPresent(parent -> parent.onExit().thenRun(whenGone));
  }
}
