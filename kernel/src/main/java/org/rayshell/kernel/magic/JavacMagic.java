package org.rayshell.kernel.magic;

import java.util.List;
import java.util.Set;
import org.rayshell.kernel.eval.Evaluator;

/** {@code %javac}: options of the compiler for all later cells. */
final class JavacMagic implements Magic {
  private static final String RESET = "--reset";

  private static final List<String> USUAL =
      List.of(
          "--enable-preview",
          "-Xlint:all",
          "-Xlint:unchecked",
          "-Xlint:rawtypes",
          "-Xlint:deprecation",
          "-Xlint:removal",
          "-Xlint:fallthrough",
          "-Xdiags:verbose",
          "-Werror",
          "--add-exports",
          "--add-modules",
          "--source",
          RESET);

  private final Evaluator java;

  JavacMagic(Evaluator java) {
    this.java = java;
  }

  @Override
  public String name() {
    return "javac";
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE);
  }

  @Override
  public String usage() {
    return "%javac [OPTION...|--reset]";
  }

  @Override
  public String summary() {
    return "compiles later cells with these options, too, such as --enable-preview or -Xlint:all;"
        + " alone, lists those added; --reset takes them back, but for --enable-preview";
  }

  @Override
  public List<String> words(List<String> before) {
    return USUAL;
  }

  @Override
  public MagicResult run(MagicCall call) throws MagicException {
    if (!call.words().isEmpty()) {
      try {
        if (call.words().equals(List.of(RESET))) {
          java.resetOptions();
        } else {
          java.options().add(call.words());
        }
      } catch (IllegalArgumentException | IllegalStateException e) {
        throw new MagicException("%javac: " + e.getMessage(), e);
      }
    }
    List<String> options = java.options().added();
    call.println(
        options.isEmpty()
            ? "no options were added; " + usage() + " adds some"
            : "cells are compiled with " + String.join(" ", options));
    return MagicResult.done();
  }
}
