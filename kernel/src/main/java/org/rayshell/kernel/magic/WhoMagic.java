package org.rayshell.kernel.magic;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.display.Sheet;
import org.rayshell.kernel.eval.Definitions.Variable;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.session.MimeBundle;

/** {@code %who} and {@code %whos}: the variables by name, or with types, sizes and values. */
final class WhoMagic implements Magic {
  private final Evaluator java;
  private final boolean table;

  /**
   * @param table whether it is {@code %whos}
   */
  WhoMagic(Evaluator java, boolean table) {
    this.java = java;
    this.table = table;
  }

  @Override
  public String name() {
    return table ? "whos" : "who";
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE);
  }

  @Override
  public String usage() {
    return "%" + name() + " [TYPE...]";
  }

  @Override
  public String summary() {
    return table
        ? "the variables with their types, sizes and values; of those types alone"
        : "the names of the variables; of those types alone";
  }

  @Override
  public List<String> words(List<String> before) {
    return java.definitions().variables().stream()
        .map(each -> ValueText.simple(each.type()))
        .filter(each -> !each.contains(" "))
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public MagicResult run(MagicCall call) throws Exception {
    List<Variable> shown =
        java.definitions().variables().stream().filter(each -> isAsked(each, call)).toList();
    if (shown.isEmpty()) {
      call.println(
          call.words().isEmpty()
              ? "there are no variables"
              : "there are no variables of type " + String.join(" or ", call.words()));
      return MagicResult.done();
    }
    if (!table) {
      call.println(String.join("  ", shown.stream().map(Variable::name).toList()));
      return MagicResult.done();
    }
    // Texts and sizes of values are user code.
    Supplier<Sheet> draw = () -> sheet(shown);
    Sheet sheet = java.call(call.cell().count(), draw);
    if (sheet == null) {
      throw new InterruptedException();
    }
    call.cell().display(MimeBundle.html(Html.fragment(sheet.html()), sheet.text()), null);
    return MagicResult.done();
  }

  /** Whether it is of one of the types: {@code List} stands for {@code List<String>}, too. */
  private static boolean isAsked(Variable variable, MagicCall call) {
    String type = ValueText.simple(variable.type());
    return call.words().isEmpty()
        || call.words().stream()
            .anyMatch(each -> each.equals(type) || each.equals(type.replaceFirst("<.*>", "")));
  }

  private static Sheet sheet(List<Variable> variables) {
    Sheet sheet = new Sheet().text("name").text("type").number("size").words("value");
    for (Variable each : variables) {
      String size = ValueText.size(each.value());
      sheet.row(
          Sheet.code(each.name()),
          Sheet.of(Html.cut(ValueText.simple(each.type()))),
          size.isEmpty() ? Sheet.NONE : Sheet.of(size),
          Sheet.of(ValueText.of(each.value())));
    }
    return sheet;
  }
}
