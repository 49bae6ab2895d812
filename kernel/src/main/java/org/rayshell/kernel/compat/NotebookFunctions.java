package org.rayshell.kernel.compat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.rayshell.kernel.display.Display;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.eval.InvokeListener;
import org.rayshell.kernel.magic.Magic;
import org.rayshell.kernel.magic.MagicException;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.CurrentCell;
import org.rayshell.kernel.session.MimeBundle;

/**
 * Functions that notebooks of IJava and JJava call: its static methods are imported into every
 * notebook; a cell's own methods of these names hide them. Thread-safe.
 */
public final class NotebookFunctions {
  /** The names of the methods, so that nobody has to load the class to know them. */
  public static final String NAMES =
      "eval render printf lineMagic cellMagic kernel getKernelInstance";

  private static volatile NotebookKernel offered;

  private NotebookFunctions() {}

  /** For the kernel: what runs code for cells from now on; null at its end. */
  public static void offer(NotebookKernel kernel) {
    offered = kernel;
  }

  /**
   * Runs code as if it stood in a cell, magics too, and returns the value of its last expression;
   * null if there is none. What the code throws is thrown.
   *
   * @throws IllegalArgumentException if it does not compile; says why
   */
  public static Object eval(String code) {
    try {
      return value(kernel().magics().execute(code, cell(), InvokeListener.NONE).result());
    } catch (MagicException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (Exception e) {
      throw as(e);
    }
  }

  /** Runs {@code %name arguments} and returns its value; null if it has none. */
  public static <T> T lineMagic(String name, List<String> arguments) {
    return magic(Magic.Form.LINE, name, arguments, "");
  }

  /** Runs {@code %%name arguments} above a body and returns its value; null if it has none. */
  public static <T> T cellMagic(String name, List<String> arguments, String body) {
    return magic(Magic.Form.CELL, name, arguments, body);
  }

  /** A value as it would be shown, in its preferred types. */
  public static DisplayData render(Object value) {
    return rendered(Display.rendering().render(value));
  }

  /** A value as it would be shown, in those MIME types. */
  public static DisplayData render(Object value, String... mimeTypes) {
    return rendered(Display.rendering().render(value, mimeTypes));
  }

  /** As {@code System.out.printf}. */
  public static void printf(String format, Object... values) {
    System.out.printf(format, values);
  }

  /**
   * The kernel.
   *
   * @throws IllegalStateException outside of a kernel
   */
  public static NotebookKernel kernel() {
    NotebookKernel kernel = offered;
    if (kernel == null) {
      throw new IllegalStateException("there is no kernel: this is no cell of a notebook");
    }
    return kernel;
  }

  /** As {@link #kernel}; IJava's name. */
  public static NotebookKernel getKernelInstance() {
    return kernel();
  }

  @SuppressWarnings("unchecked")
  private static <T> T magic(Magic.Form form, String name, List<String> words, String body) {
    try {
      return (T) value(kernel().magics().call(form, name, words, body, cell()).result());
    } catch (MagicException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (Exception e) {
      throw as(e);
    }
  }

  private static Cell cell() {
    Cell cell = CurrentCell.get();
    if (cell == null) {
      throw new IllegalStateException("nothing can be run before the first cell");
    }
    return cell;
  }

  private static Object value(EvalResult result) throws Exception {
    return switch (result) {
      case EvalResult.Ok ok -> ok.value();
      case EvalResult.Threw threw ->
          throw threw.exception() instanceof Exception e ? e : as(threw.exception());
      case EvalResult.Rejected rejected ->
          throw new IllegalArgumentException(
              rejected.problems().stream()
                  .map(each -> "line " + each.line() + ": " + each.message())
                  .collect(Collectors.joining("\n", "the code does not compile:\n", "")));
      case EvalResult.Interrupted _ -> throw new CancellationException("interrupted");
    };
  }

  /** Throws it as it is: notebooks of JJava do not declare what {@code eval} throws. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException as(Throwable thrown) throws E {
    throw (E) thrown;
  }

  private static DisplayData rendered(MimeBundle bundle) {
    DisplayData data = new DisplayData();
    bundle
        .data()
        .forEach((type, value) ->
            data.putData(type, value instanceof JsonElement json ? plain(json) : value));
    bundle.metadata().asMap().forEach((type, value) -> data.putMetaData(type, plain(value)));
    return data;
  }

  private static Object plain(JsonElement json) {
    return new Gson().fromJson(json, Object.class);
  }
}
