package org.rayshell.kernel.magic;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.rayshell.Ray;
import org.rayshell.kernel.eval.CellTrace;
import org.rayshell.kernel.eval.OfferedImports;
import org.rayshell.kernel.eval.TraceMode;

/** What {@code %config} knows. */
final class Settings {
  private static final String DEDUPLICATION = "RAY_DEDUP_LOGS";
  private static final List<String> SWITCH = List.of("on", "off");

  private Settings() {}

  private record Of(
      String name,
      List<String> values,
      String meaning,
      Supplier<String> getter,
      Consumer<String> setter)
      implements ConfigMagic.Setting {
    @Override
    public String get() {
      return getter.get();
    }

    @Override
    public void set(String value) {
      setter.accept(value);
    }
  }

  /** All of them. */
  static List<ConfigMagic.Setting> all(CellTrace trace, OfferedImports imports) {
    return List.of(
        new Of(
            "xmode",
            TraceMode.names(),
            "how much exceptions show: themselves, the frames that matter, these with their lines,"
                + " or all frames",
            () -> trace.mode().written(),
            value -> trace.show(TraceMode.of(value))),
        new Of(
            "pictures",
            SWITCH,
            "whether refs, progress and reports of tasks are shown as tables and bars, or as text",
            () -> onOff(Ray.displays()),
            value -> Ray.display(value.equals("on"))),
        new Of(
            "foldRepeats",
            SWITCH,
            "whether lines that tasks print again and again are shown once, with their number",
            () -> onOff(folds()),
            value -> System.setProperty(DEDUPLICATION, value.equals("on") ? "1" : "0")),
        new Of(
            "autoImport",
            SWITCH,
            "whether completion inserts the simple name of a type that needs an import, which the"
                + " cell that uses it then adds, or the qualified name",
            () -> onOff(imports.isOn()),
            value -> imports.turn(value.equals("on"))));
  }

  private static boolean folds() {
    String environment = System.getenv(DEDUPLICATION);
    return !"0".equals(System.getProperty(DEDUPLICATION, environment == null ? "1" : environment));
  }

  private static String onOff(boolean on) {
    return on ? "on" : "off";
  }
}
