package org.rayshell.kernel.compat;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rayshell.kernel.eval.CompilerOptions;

/**
 * What the kernel's environment asks for at its start: {@code RAYSHELL_CLASSPATH} and others, or
 * the same of JJava and IJava ({@code JJAVA_…}, {@code IJAVA_…}), the first that is set; immutable.
 *
 * @param cells what to run before the first cell, in this order
 * @param timeout how long a cell may run; null for as long as it takes
 * @param problems what cannot be used, and why
 */
public record StartupSettings(List<String> cells, Duration timeout, List<String> problems) {
  private static final List<String> PREFIXES = List.of("RAYSHELL_", "JJAVA_", "IJAVA_");
  private static final Pattern TIMEOUT = Pattern.compile("\\s*(-?\\d+)\\s*([A-Za-z]*)\\s*");

  /** Nothing is asked for. */
  public static final StartupSettings NONE = new StartupSettings(List.of(), null, List.of());

  /** Those of the environment. */
  public static StartupSettings of(Map<String, String> environment) {
    List<String> cells = new ArrayList<>();
    paths(value(environment, "CLASSPATH")).forEach(each -> cells.add("%classpath " + quoted(each)));
    paths(value(environment, "STARTUP_SCRIPTS_PATH"))
        .forEach(each -> cells.add("%load " + quoted(each)));
    String script = value(environment, "STARTUP_SCRIPT");
    if (!script.isBlank()) {
      cells.add(script);
    }
    List<String> problems = new ArrayList<>();
    String options = CompilerOptions.of(environment).problem();
    if (options != null) {
      problems.add(options);
    }
    String timeout = value(environment, "TIMEOUT");
    return new StartupSettings(
        List.copyOf(cells),
        timeout.isBlank() ? null : duration(timeout, problems),
        List.copyOf(problems));
  }

  /** The variable's text; empty if none of the three is set. */
  static String value(Map<String, String> environment, String name) {
    return PREFIXES.stream()
        .map(prefix -> environment.get(prefix + name))
        .filter(each -> each != null)
        .findFirst()
        .orElse("");
  }

  private static List<String> paths(String value) {
    return Arrays.stream(value.split(File.pathSeparator)).filter(each -> !each.isBlank()).toList();
  }

  private static String quoted(String word) {
    return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static Duration duration(String text, List<String> problems) {
    Matcher matcher = TIMEOUT.matcher(text);
    if (matcher.matches()) {
      String unit = matcher.group(2).toUpperCase(Locale.ROOT);
      try {
        long amount = Long.parseLong(matcher.group(1));
        TimeUnit named = unit.isEmpty() ? TimeUnit.MILLISECONDS : TimeUnit.valueOf(unit);
        return amount < 1 ? null : Duration.of(amount, named.toChronoUnit());
      } catch (IllegalArgumentException _) {
        // Said below.
      }
    }
    problems.add(
        "timeout="
            + text
            + " of the environment is none: write milliseconds, or a number and one of "
            + Arrays.stream(TimeUnit.values()).map(Enum::name).collect(Collectors.joining(", ")));
    return null;
  }
}
