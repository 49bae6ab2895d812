package org.rayshell.kernel.compat;

import io.github.spencerpark.jupyter.kernel.comm.CommManager;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.rayshell.kernel.comm.Comms;
import org.rayshell.kernel.display.Display;
import org.rayshell.kernel.magic.MagicResult;
import org.rayshell.kernel.session.Cell;

/**
 * What {@code kernel()} and {@code getKernelInstance()} give to cells: the methods of IJava's and
 * JJava's kernels that notebooks call. Thread-safe, but for registrations.
 */
public final class NotebookKernel {
  private final org.rayshell.kernel.magic.Magics magics;
  private final BasekernelMagics registry;

  /**
   * The kernel of these magics.
   *
   * @param userCode runs magics that cells register
   */
  public NotebookKernel(org.rayshell.kernel.magic.Magics magics, UserCode userCode) {
    this.magics = magics;
    this.registry = new BasekernelMagics(magics, userCode);
  }

  /** Runs user code as a cell runs, so that an interrupt ends it. */
  @FunctionalInterface
  public interface UserCode {
    /** Runs it; null if it was interrupted. */
    MagicResult run(Cell cell, Callable<MagicResult> code) throws Exception;
  }

  /** What runs code and magics. */
  org.rayshell.kernel.magic.Magics magics() {
    return magics;
  }

  /** Where types are registered; see {@link Display#renderer}. */
  public Renderer getRenderer() {
    return Display.renderer();
  }

  /** The comms. */
  public CommManager getCommManager() {
    return Comms.comms();
  }

  /** Where magics are registered: basekernel's, with its annotations. */
  public Magics getMagics() {
    return registry;
  }

  /** Shows it under the calling cell. */
  public void display(DisplayData data) {
    Display.display(data);
  }

  /** As {@link NotebookFunctions#eval}, rendered; null if there is no value. */
  public DisplayData eval(String code) {
    Object value = evalRaw(code);
    return value == null ? null : NotebookFunctions.render(value);
  }

  /** As {@link NotebookFunctions#eval}. */
  public Object evalRaw(String code) {
    return NotebookFunctions.eval(code);
  }

  /** Adds jars, folders or patterns of them, between path separators, to the class path. */
  public void addToClasspath(String entries) {
    List<String> words =
        Arrays.stream(entries.split(File.pathSeparator)).filter(each -> !each.isBlank()).toList();
    NotebookFunctions.lineMagic("classpath", words);
  }
}
