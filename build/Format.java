import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks or applies the project's Java format ({@code check DIR} or {@code apply DIR}); the build
 * runs it once a module on the toolchain's JDK.
 */
final class Format {
  private static final JavaFormatterOptions STYLE =
      JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.GOOGLE).build();

  public static void main(String[] args) throws IOException {
    boolean apply = args[0].equals("apply");
    Path root = Path.of(args[1]);
    if (!Files.isDirectory(root)) {
      return;
    }
    List<Path> wrong = new ArrayList<>();
    try (var files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String before = Files.readString(file);
        String after = format(file, before);
        if (!after.equals(before)) {
          wrong.add(file);
          if (apply) {
            Files.writeString(file, after);
          }
        }
      }
    }
    if (!apply && !wrong.isEmpty()) {
      wrong.forEach(f -> System.err.println("not formatted: " + f));
      System.err.println("remedy: mvn process-sources -Dformat=apply");
      System.exit(1);
    }
  }

  private static String format(Path file, String source) {
    try {
      String imports = RemoveUnusedImports.removeUnusedImports(source);
      imports = ImportOrderer.reorderImports(imports, JavaFormatterOptions.Style.GOOGLE);
      return new Formatter(STYLE).formatSource(imports);
    } catch (FormatterException e) {
      System.err.println("cannot be parsed: " + file + ": " + e.getMessage());
      System.exit(1);
      return source;
    }
  }
}
