package org.rayshell.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells that are programs run. */
class MainMethodTest {
  @AutoClose private final Cells cells = new Cells();

  private Object ran(String code) {
    cells.ok("int ran = 0;");
    cells.ok(code);
    return cells.value("ran");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "void main() { ran++; }",
        "import java.util.List;\n\npublic static void main(String[] args) { ran += 1 + args.length; }",
        "public class Hello { public static void main(String... args) { ran++; } }",
        "class Hello { void main() { ran++; } }",
        "class Hello { static void main() { ran += 9; } static void main(String[] a) { ran++; } }",
        "record Helper() {}\nclass Hello { public static void main(String[] args) { help(); } }\nvoid"
            + " help() { ran++; }",
        "enum Hello { A; public static void main(String[] args) { ran++; } }",
      })
  void ofACellThatOnlyDeclares(String code) {
    assertEquals(1, ran(code));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "void main() { ran++; }\nint other = 1;",
        "void main() { ran++; }\nString.valueOf(1);",
        "int main() { return ran++; }",
        "void main(int n) { ran++; }",
        "class Hello { private static void main(String[] args) { ran++; } }",
        "class Hello { Hello(int n) {} void main() { ran++; } }",
        "abstract class Hello { void main() { ran++; } }",
        "interface Hello { void main(); }",
        "class Hello { class Inner { void main() { ran++; } } }",
      })
  void butOfNoOther(String code) {
    assertEquals(0, ran(code));
  }

  @Test
  void framesNameTheLineOfItsDeclaration() {
    Throwable thrown = cells.threw("\nvoid main() {\n  throw new IllegalStateException();\n}");
    assertEquals(List.of("main(In [1]:3)", "In [1]:2"), Cells.trace(thrown));
  }
}
