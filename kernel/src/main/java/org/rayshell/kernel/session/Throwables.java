package org.rayshell.kernel.session;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.rayshell.kernel.channel.HeapReserve;

/** Errors of the kernel itself or of an engine, as the protocol shows them. */
final class Throwables {
  private static final int LINES = 60;

  private Throwables() {}

  static Engine.ExecuteResult.Failed failed(Throwable e) {
    HeapReserve.release(e);
    return new Engine.ExecuteResult.Failed(name(e), message(e), trace(e));
  }

  static String name(Throwable e) {
    return e.getClass().getName();
  }

  static String message(Throwable e) {
    try {
      String message = e.getMessage();
      return message == null ? "" : message;
    } catch (Throwable broken) {
      return "(its getMessage threw " + broken.getClass().getName() + ")";
    }
  }

  static List<String> trace(Throwable e) {
    try {
      StringWriter text = new StringWriter();
      e.printStackTrace(new PrintWriter(text));
      return text.toString().lines().limit(LINES).toList();
    } catch (Throwable broken) {
      return List.of(name(e) + ": " + message(e));
    }
  }
}
