package org.rayshell.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MagicTextTest {
  private static final MagicAssist ASSIST = assist();

  private static MagicAssist assist() {
    Magics magics = new Magics((_, _, _) -> null, "known"::equals);
    magics.register(new ScriptMagic("bash"));
    return new MagicAssist(magics);
  }

  private static List<CellScript.Part> parse(String code) {
    return CellScript.parse(code, "known"::equals);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ns",
    "1e-9, 1 ns",
    "4.5e-8, 45 ns",
    "1.234e-6, 1.23 μs",
    "0.00179, 1.79 ms",
    "0.00253, 2.53 ms",
    "0.5, 500 ms",
    "1.71, 1.71 s",
    "59.94, 59.9 s",
    "60, 1min",
    "90.7, 1min 30s",
    "3600, 1h",
    "3725, 1h 2min 5s",
    "90061, 1d 1h 1min 1s",
    "0.9999, 1e+03 ms",
  })
  void durationsAreIPythons(double seconds, String text) {
    assertEquals(text, IPythonTime.format(seconds));
  }

  @Test
  void cpuLineSumsUp() {
    assertEquals(
        "CPU times: user 1.42 ms, sys: 1.11 ms, total: 2.53 ms",
        TimeMagic.cpuLine(new ProcessTimes(1_420_000, 1_110_000)));
  }

  @Test
  void timeitLineIsIPythons() {
    assertEquals(
        "2 s ± 0 ns per loop (mean ± std. dev. of 7 runs, 1,000,000 loops each)",
        TimeitMagic.line(new double[] {2, 2, 2, 2, 2, 2, 2}, 1_000_000));
    assertEquals(
        "1.5 s ± 500 ms per loop (mean ± std. dev. of 2 runs, 1 loop each)",
        TimeitMagic.line(new double[] {1, 2}, 1));
  }

  @Test
  void cellMagicKeepsTheLinesOfItsBodyInPlace() {
    CellScript.Part.Call call =
        assertInstanceOf(
            CellScript.Part.Call.class, parse("\n%%timeit -n 5\nint a;\na").getFirst());
    assertEquals("timeit", call.name());
    assertEquals(List.of("-n", "5"), call.words());
    assertEquals("-n 5", call.raw());
    assertEquals("\n\nint a;\na", call.body());
  }

  @Test
  void lineMagicsStandBetweenJava() {
    List<CellScript.Part> parts = parse("int a = 1;\n%time a + \"x y\"\nint b = 2;");
    assertEquals(new CellScript.Part.Java("int a = 1;\n"), parts.get(0));
    CellScript.Part.Call call = assertInstanceOf(CellScript.Part.Call.class, parts.get(1));
    assertEquals("a + \"x y\"", call.raw());
    assertEquals("\na + \"x y\"", call.body());
    assertEquals(new CellScript.Part.Java("\n\nint b = 2;"), parts.get(2));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`int q = 7\n%x;`",
        "`f(1,\n%x)`",
        "`var s = \"\"\"\n%d items\n\"\"\";`",
        "`/*\n%time\n*/ int a;`",
        "`int a = 7 %\n3;`",
        "`10 % 3`"
      })
  void percentSignsOfJavaAreLeftAlone(String code) {
    assertEquals(List.of(new CellScript.Part.Java(code)), parse(code));
    assertEquals(code, ASSIST.mask(code));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!ls",
        " !ls -l | grep a && pwd",
        "!./run.sh",
        "!/bin/true",
        "!java -version",
        "!python3.12 -V",
        "!x=1; echo $x",
        "!\"a program\" b",
        "!git status -- a(b)"
      })
  void exclamationMarksBeginCommands(String code) {
    CellScript.Part.Call call =
        assertInstanceOf(CellScript.Part.Call.class, parse(code).getFirst());
    assertEquals("sh", call.name());
    assertEquals(code.strip().substring(1), call.raw());
    assertTrue(ASSIST.mask(code).isBlank());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!known",
        "!known && x",
        "!(a && b)",
        "!!known",
        "!other()",
        "!Files.exists(p)",
        "!a.b.C.d(1)",
        "!true",
        "!new A().b()",
        "boolean flag = f();\n!flag",
        "x =\n!ls",
        "f(1,\n!ls)",
        "var s = \"\"\"\n!ls\n\"\"\";",
        "/*\n!ls\n*/",
        "a\n!= b"
      })
  void exclamationMarksOfJavaAreLeftAlone(String code) {
    assertEquals(List.of(new CellScript.Part.Java(code)), parse(code));
    assertEquals(code, ASSIST.mask(code));
  }

  @Test
  void commandsGoOnAfterABackslash() {
    List<CellScript.Part> parts = parse("!echo a \\\n  b\nint x;");
    assertEquals("echo a \\\n  b", ((CellScript.Part.Call) parts.getFirst()).raw());
    assertEquals(new CellScript.Part.Java("\n\nint x;"), parts.getLast());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`a  b`, `a|b`",
        "`\"a b\" c`, `a b|c`",
        "`'a \"b'`, `a \"b`",
        "`\"a \\\" b\"`, `a \" b`",
        "`C:\\x`, `C:\\x`",
        "`-o ''`, `-o|`"
      })
  void wordsAreSplitOutsideQuotes(String text, String words) {
    assertEquals(words, String.join("|", Words.split(text)));
  }

  @Test
  void masksKeepEveryOtherCharacterInItsPlace() {
    String code = "%maven a:b:1\n%time f(1)\nint x;";
    String masked = ASSIST.mask(code);
    assertEquals(code.length(), masked.length());
    assertEquals(
        "\n f(1)\nint x;",
        masked
            .replace("             ", "")
            .replaceAll("(?m)^ +$", "")
            .replaceAll("(?m)^ +f", " f"));
    assertTrue(ASSIST.mask("%%bash\necho 1").isBlank());
    assertFalse(ASSIST.mask("%%time\nf()").contains("%"));
  }

  @Test
  void nearNamesAreSlips() {
    List<String> names = List.of("time", "timeit", "maven", "ray");
    assertEquals(List.of("time"), Magics.near("tim", names));
    assertEquals(List.of("maven"), Magics.near("mavne", names));
    assertEquals(List.of(), Magics.near("xylophone", names));
  }

  @ParameterizedTest
  @CsvSource({
    "known?, pinfo, known",
    "?known, pinfo, known",
    "known??, pinfo2, known",
    "?? String.repeat, pinfo2, String.repeat",
    "String#repeat()?, pinfo, String#repeat()",
    "%%bash?, pinfo, %%bash",
    "?%bash, pinfo, %bash",
  })
  void aNameWithQuestionMarksAsksForHelp(String code, String magic, String name) {
    CellScript.Part.Call call =
        assertInstanceOf(CellScript.Part.Call.class, parse("int a;\n" + code).getLast());
    assertEquals(magic, call.name());
    assertEquals(name, call.raw());
    assertEquals(List.of(call.name()), names(parse(code)));
  }

  private static List<String> names(List<CellScript.Part> parts) {
    return parts.stream().map(each -> ((CellScript.Part.Call) each).name()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "known?\n1 : 2",
        "var x =\nknown?\n1 : 2;",
        "f(\nknown?\n1 : 2)",
        "List<?> a;",
        "/* what?\nknown?\n*/",
        "known ? 1 : 2",
        "known.f(1)?",
      })
  void otherQuestionMarksAreJavas(String code) {
    assertEquals(List.of(new CellScript.Part.Java(code)), parse(code));
  }

  @Test
  void namesThatHelpIsAskedForAreCompletedAsJava() {
    assertEquals(" String.re", ASSIST.mask("?String.re"));
    assertEquals("String.re ", ASSIST.mask("String.re?"));
    assertEquals("      ", ASSIST.mask("?%bash"));
    assertEquals(
        "complete",
        ASSIST
            .completeness(
                "String.repeat?",
                () -> {
                  throw new AssertionError();
                })
            .status());
  }
}
