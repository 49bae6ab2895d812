package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.Ray;
import org.rayshell.RayException;
import org.rayshell.RayOptions;
import org.rayshell.RayTaskException;
import org.rayshell.TaskCancelledException;
import org.rayshell.kernel.display.Errors;
import org.rayshell.kernel.eval.Cells;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.runtime.DriverHooks;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.code.CodeSource;

/** Remote functions out of cells, on real workers. */
@Timeout(120)
class CellsOnWorkersTest {
  private static final List<String> PRINTED = new CopyOnWriteArrayList<>();
  @TempDir private static Path folder;
  private static Cells cells;
  private static Errors errors;

  @BeforeAll
  static void start() {
    Evaluator evaluator = SnippetCode.evaluator();
    SnippetCode code = new SnippetCode(evaluator);
    Runtimes.install(
        new DriverHooks() {
          @Override
          public CodeSource codeSource() {
            return code;
          }

          @Override
          public String currentCell() {
            return null;
          }

          @Override
          public void taskOutput(TaskOutput output) {
            PRINTED.add(output.function() + ": " + output.line());
          }
        });
    cells = new Cells(evaluator);
    errors = new Errors(evaluator.trace(), evaluator::sourceLine);
    Ray.init(RayOptions.create().numCpus(2).includeDashboard(false));
  }

  @AfterAll
  static void end() throws Exception {
    List<ProcessHandle> workers = ProcessHandle.current().children().toList();
    Ray.shutdown();
    Runtimes.install(DriverHooks.NONE);
    cells.close();
    for (ProcessHandle each : workers) {
      each.onExit().get(30, TimeUnit.SECONDS);
    }
  }

  private static void shows(Object expected, String code) {
    assertEquals(expected, cells.value(code));
  }

  @Test
  void runsInAnotherProcess() {
    cells.ok("@Remote long whereAmI() { return ProcessHandle.current().pid(); }");
    assertNotEquals(ProcessHandle.current().pid(), cells.value("whereAmI.remote().get()"));
    shows(ProcessHandle.current().pid(), "whereAmI()");
  }

  @Test
  void severalResultsHaveRefsOfTheirTypes() {
    cells.ok(
        "@Remote(numReturns = 2) int[] parted(int n, int by) { return new int[] {n / by, n % by}; }");
    cells.ok("List<ObjectRef<Integer>> parts = parted.remoteMany(17, 5);");
    shows(List.of(3, 2), "Ray.get(parts)");
    shows(List.of(1, 1), "Ray.get(parted.remoteMany(parts.get(0), parts.get(1)))");
    Throwable refused = cells.threw("parted.remote(17, 5)");
    assertTrue(refused.getMessage().contains("remoteMany"), refused.getMessage());
    cells.ok(
        "record P(int n) {}\n@Remote List<? extends P> points(int n) { return IntStream.range(0, n).mapToObj(P::new).toList(); }");
    cells.ok("List<ObjectRef<P>> ps = points.options(o -> o.numReturns(3)).remoteMany(3);");
    shows(3, "ps.stream().mapToInt(p -> p.get().n()).sum()");
    assertTrue(
        cells
            .rejected("@Remote int single() { return 1; }\nsingle.remoteMany()")
            .get(0)
            .message()
            .contains("remoteMany"));
  }

  @Test
  void streamsGiveRefsOfTheirTypesWhileTheyRun() {
    cells.ok(
        "@Remote Stream<String> letters(int n) { return Stream.iterate(\"a\", w -> w + \"a\").limit(n); }");
    cells.ok("ObjectRefGenerator<String> generated = letters.remoteStream(3);");
    cells.ok(
        "var got = new ArrayList<String>();\nfor (var letter : generated) got.add(letter.get());");
    shows(List.of("a", "aa", "aaa"), "got");
    cells.ok("@Remote IntStream endless() { return IntStream.iterate(1, n -> n + 1); }");
    cells.ok(
        "ObjectRefGenerator<Integer> ints = endless.options(o -> o.generatorBackpressure(2)).remoteStream();");
    shows(1, "ints.next().get()");
    cells.ok("ints.close();");
    assertInstanceOf(TaskCancelledException.class, cells.threw("ints.completed().get()"));
    // A task reads another's, and fails in its place with a class of the session.
    cells.ok(
        """
        class Spent extends RuntimeException { Spent(String m) { super(m); } }
        @Remote Iterator<Integer> failing(int n) {
          return IntStream.range(0, n + 1).mapToObj(i -> {
            if (i == n) throw new Spent("after " + i);
            return i;
          }).iterator();
        }
        @Remote int total(int n) {
          int sum = 0;
          for (var each : failing.remoteStream(n)) {
            try {
              sum += each.get();
            } catch (RayTaskException e) {
              return e.getCause() instanceof Spent ? 1000 + sum : -1;
            }
          }
          return sum;
        }
        """);
    shows(1006, "total.remote(4).get()");
  }

  @Test
  void exceptionsOfACellsClassAreRetried() {
    cells.ok("class Wobble extends java.io.IOException { Wobble(String m) { super(m); } }");
    cells.ok(
        """
        @Remote(retryExceptions = Wobble.class, maxRetries = 3)
        int wobbles(String file) throws Exception {
          Path path = Path.of(file);
          int tries = Files.exists(path) ? Files.readString(path).length() : 0;
          Files.writeString(path, "x".repeat(tries + 1));
          if (tries < 2) throw new Wobble("try " + tries);
          return tries;
        }
        """);
    shows(2, "wobbles.remote(\"" + folder.resolve("a") + "\").get()");
    String once =
        "wobbles.options(o -> o.retryExceptions(false)).remote(\""
            + folder.resolve("b")
            + "\").get()";
    assertInstanceOf(RayTaskException.class, cells.threw(once));
    String other =
        "wobbles.options(o -> o.retryExceptions(Wobble.class)).remote(\""
            + folder.resolve("c")
            + "\").get()";
    shows(2, other);
  }

  @Test
  void capturesVariablesByValue() {
    cells.ok("int base = 10;\nvar words = new ArrayList<>(List.of(\"a\"));");
    cells.ok("@Remote String captures(int n) { return words + \" \" + (base + n); }");
    shows("[a] 11", "captures.remote(1).get()");
    cells.ok("base = 20;\nwords.add(\"b\");");
    shows("[a, b] 21", "captures.remote(1).get()");
    shows(List.of("a", "b"), "words");
  }

  @Test
  void functionsCallFunctions() {
    cells.ok("int helper(int n) { return 2 * n; }");
    cells.ok(
        "@Remote int caller(int n) { return helper(n) + late(n); }\nint late(int n) { return 1; }");
    shows(7, "caller.remote(3).get()");
    cells.ok("int helper(int n) { return 3 * n; }");
    shows(10, "caller.remote(3).get()");
  }

  @Test
  void recursionPlainAndRemote() {
    cells.ok("@Remote long fact(int n) { return n <= 1 ? 1 : n * fact(n - 1); }");
    shows(3628800L, "fact.remote(10).get()");
    cells.ok(
        "@Remote int fib(int n) { return n < 2 ? n : Ray.get(fib.remote(n - 1)) +"
            + " Ray.get(fib.remote(n - 2)); }");
    shows(8, "fib.remote(6).get()");
  }

  @Test
  void aFunctionSubmitsAnotherThatIsDefinedLaterInTheCell() {
    cells.ok(
        """
        @Remote int outer(int n) { return inside.remote(n).get() + 1; }
        @Remote int inside(int n) { return n * 10; }
        """);
    shows(31, "outer.remote(3).get()");
  }

  @Test
  void recordsEnumsSealedTypesAndPatterns() {
    cells.ok(
        """
        enum Color { RED, BLUE { @Override int v() { return 2; } }; int v() { return 1; } }
        record Point(int x, int y) { Point { if (x < 0) throw new IllegalArgumentException(); } }
        sealed interface Shape permits Circle, Square {}
        record Circle(Point at, double r) implements Shape {}
        record Square(Point at, Color c) implements Shape {}
        @Remote Point move(Point p, int d) { return new Point(p.x() + d, p.y()); }
        @Remote Color other(Color c) { return c == Color.RED ? Color.BLUE : Color.RED; }
        @Remote String name(Shape s) {
          return switch (s) {
            case Circle(Point(int x, int y), double r) when r > 1 -> "big " + x + y;
            case Circle c -> "circle";
            case Square(var at, Color c) -> "square " + c + c.v();
          };
        }
        """);
    shows("Point[x=4, y=2]", "move.remote(new Point(1, 2), 3).get().toString()");
    shows(true, "move.remote(new Point(1, 2), 3).get() instanceof Point");
    shows(true, "other.remote(Color.RED).get() == Color.BLUE");
    shows(
        "big 12|circle|square BLUE2",
        "Stream.of(new Circle(new Point(1, 2), 2), new Circle(null, 1), new Square(null,"
            + " Color.BLUE)).map(name::remote).map(Ray::get).collect(Collectors.joining(\"|\"))");
  }

  @Test
  void genericsVarargsArraysVoidAndBoxes() {
    cells.ok("@Remote <T> List<T> reversed(List<T> l) { return l.reversed(); }");
    shows(List.of(2, 1), "List<Integer> back = reversed.remote(List.of(1, 2)).get(); back");
    shows(List.of("b"), "reversed.remote(Ray.put(List.of(\"b\"))).get()");
    cells.ok(
        "@Remote <T extends Comparable<T>> T most(T a, T b) { return a.compareTo(b) > 0 ? a : b; }");
    shows(5, "Integer m = most.remote(3, 5).get(); m");
    shows("b", "String s = most.remote(Ray.put(\"a\"), Ray.put(\"b\")).get(); s");
    cells.ok("@Remote <T> List<T> single(T x) { return List.of(x); }");
    shows(List.of(7), "List<Integer> one = single.remote(Ray.put(7)).get(); one");
    cells.ok("@Remote int sum(String label, int... xs) { return Arrays.stream(xs).sum(); }");
    shows(
        10,
        "sum.remote(\"\").get() + sum.remote(\"\", 1, 2, 3).get() + sum.remote(\"\", Ray.put(new"
            + " int[] {4})).get()");
    cells.ok(
        "@Remote double[] twice(double[] xs) { return Arrays.stream(xs).map(x -> 2 * x).toArray(); }");
    shows(6.0, "twice.remote(new double[] {1, 3}).get()[1]");
    cells.ok("@Remote void say(String s) { System.out.println(\"hello \" + s); }");
    assertNull(cells.value("say.remote(\"w\").get()"));
    assertTrue(PRINTED.contains("say: hello w"), PRINTED::toString);
    cells.ok("@Remote long wide(byte a, short b, char c, long d) { return a + b + c + d; }");
    shows(103L, "wide.remote((byte) 1, (short) 2, 'a', Ray.put(3L)).get()");
    shows(5, "@Remote int len(String s) { return s == null ? 5 : 0; }\nlen.remote(null).get()");
  }

  @Test
  void overloadsOfOneCellAndOfSeveral() {
    cells.ok(
        "@Remote String over(int n) { return \"int\"; }\n"
            + "@Remote String over(String s) { return \"String\"; }");
    cells.ok(
        "@Remote String over(int n, double d) { return \"two\"; }\nString over() { return \"\"; }");
    shows(
        "intStringtwointString",
        "over.remote(1).get() + over.remote(\"\").get() + over.remote(1, 2.0).get()"
            + " + over.remote(Ray.put(1)).get() + over.remote(Ray.put(\"\")).get()");
    shows(List.of("String"), "Stream.of(Ray.put(\"s\")).map(over::remote).map(Ray::get).toList()");
  }

  @Test
  void manyParameters() {
    cells.ok(
        "@Remote int five(int a, long b, String c, List<Integer> d, Map.Entry<String, Integer> e)"
            + " { return a + d.size(); }");
    shows(3, "five.remote(2, 2L, \"c\", List.of(1), Map.entry(\"a\", 1)).get()");
    shows(3, "five.remote(Ray.put(2), 2L, \"c\", Ray.put(List.of(1)), Map.entry(\"a\", 1)).get()");
    Throwable thrown = cells.threw("five.remote(\"x\", 2L, \"c\", List.of(), Map.entry(\"a\", 1))");
    assertEquals("five: argument a must be of type int or a ref of one: a=x", thrown.getMessage());
  }

  @Test
  void methodReferencesInStreams() {
    cells.ok("@Remote int square(int n) { return n * n; }\n@Remote int seven() { return 7; }");
    shows(
        List.of(0, 1, 4), "IntStream.range(0, 3).mapToObj(square::remote).map(Ray::get).toList()");
    shows(
        List.of(16),
        "List.of(2).stream().map(square::remote).map(square::remote).map(Ray::get).toList()");
    shows(
        List.of(7, 7),
        "var sevens = Stream.generate(seven::remote).limit(2).toList();\nRay.get(sevens)");
    shows(49, "Function<Integer, ObjectRef<Integer>> fun = square::remote;\nfun.apply(7).get()");
    shows(7, "Supplier<ObjectRef<Integer>> sup = seven::remote;\nsup.get().get()");
  }

  @Test
  void innerLocalAndAnonymousClasses() {
    cells.ok(
        """
        class Account {
          int cents = 5;
          class Entry { int v() { return cents; } }
          static class Log { List<String> lines = new ArrayList<>(); }
          Entry entry() { return new Entry(); }
        }
        @Remote Account.Entry enter(Account a) { a.cents++; return a.entry(); }
        @Remote int local(int n) {
          class Local implements Supplier<Integer> { public Integer get() { return n + 1; } }
          Supplier<Integer> anonymous = new Supplier<>() { public Integer get() { return n + 2; } };
          return new Local().get() + anonymous.get();
        }
        @Remote Account.Log log(String s) { var l = new Account.Log(); l.lines.add(s); return l; }
        """);
    shows(6, "enter.remote(new Account()).get().v()");
    shows(5, "local.remote(1).get()");
    shows(List.of("x"), "log.remote(\"x\").get().lines");
  }

  @Test
  void lambdasWithoutCasts() {
    cells.ok("int factor = 3;\nFunction<Integer, Integer> times = n -> n * factor;");
    cells.ok("@Remote int apply(Function<Integer, Integer> f, int n) { return f.apply(n); }");
    shows(6, "apply.remote(times, 2).get()");
    shows(7, "int add = 5;\napply.remote(n -> n + add, 2).get()");
    shows(4, "apply.remote(Math::abs, -4).get()");
    cells.ok(
        "@Remote Supplier<Supplier<Integer>> nested(int n) { return () -> () -> n + factor; }");
    shows(8, "nested.remote(5).get().get().get()");
    cells.ok(
        "@Remote List<String> sorted(List<String> l) { return"
            + " l.stream().sorted(Comparator.comparing(String::length).reversed()).toList(); }");
    shows(List.of("ccc", "bb", "a"), "sorted.remote(List.of(\"a\", \"ccc\", \"bb\")).get()");
    shows(12, "Ray.task(() -> factor * 4).remote().get()");
    shows(25, "int own(int n) { return n * n; }\nRay.task(n -> own(n), 5).remote().get()");
  }

  @Test
  void staticImports() {
    cells.ok("import static java.lang.Math.max;\nimport static java.util.stream.Collectors.*;");
    cells.ok(
        "@Remote String joined(int a) { return Stream.of(a, max(a, 5)).map(String::valueOf).collect(joining(\"-\")); }");
    shows("1-5", "joined.remote(1).get()");
  }

  @Test
  void refsAsArgumentsAndInLists() {
    cells.ok("@Remote int plus(int a, int b) { return a + b; }");
    shows(10, "var one = plus.remote(1, 2);\nplus.remote(one, plus.remote(one, 4)).get()");
    cells.ok(
        "@Remote int total(List<ObjectRef<Integer>> refs) { return Ray.get(refs).stream().mapToInt(i -> i).sum(); }");
    shows(6, "total.remote(List.of(one, one)).get()");
  }

  @Test
  void optionsAndTheAnnotationsDefaults() {
    cells.ok(
        "@Remote(numCpus = 0.5, maxRetries = 0, name = \"shown\") int opt(int n) { System.out.println(n); return n; }");
    shows(1, "opt.remote(1).get()");
    shows(2, "opt.options(o -> o.name(\"other\").numCpus(1)).remote(Ray.put(2)).get()");
    assertTrue(PRINTED.containsAll(List.of("shown: 1", "other: 2")), PRINTED::toString);
    assertTrue(
        cells
            .threw("@Remote(numCpus = -1) int wrong() { return 1; }\nwrong.remote()")
            .getMessage()
            .contains("numCpus=-1"));
  }

  @Test
  void redefinitionReplacesAndRefsStayValid() {
    cells.ok("@Remote int version() { return 1; }\nvar first = version.remote();");
    cells.ok("@Remote int version() { return 2; }\nvar second = version.remote();");
    cells.ok("@Remote String version() { return \"three\"; }\nvar third = version.remote();");
    shows("12three", "\"\" + first.get() + second.get() + third.get()");
    cells.ok("int version() { return 4; }");
    shows(4, "version()");
    assertTrue(cells.rejected("version.remote()").get(0).message().contains("version"));
    shows("new", "var fresh = List.of(\"new\");\nfresh.get(0).strip()");
    shows("1three", "\"\" + first.get() + third.get()");
  }

  @Test
  void classPathAddedAtRunTimeReachesTheWorkers() throws IOException {
    Path source = folder.resolve("Added.java");
    Files.writeString(
        source, "package added; public class Added { public static int v() { return 42; } }");
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", folder.toString(), source.toString()));
    cells.evaluator().addToClassPath(folder);
    cells.ok("import added.Added;\n@Remote int fromJar() { return Added.v(); }");
    shows(84, "Added.v() + fromJar.remote().get()");
  }

  @Test
  void exceptionsAreTheUsersWithCellsAndLines() {
    cells.ok(
        """
        class Custom extends Exception { int code; Custom(int code) { super("code " + code); this.code = code; } }

        @Remote int fails(int n) throws Custom {
          if (n > 0)
            throw new Custom(n);
          return n;
        }
        """);
    int defined = cells.count();
    Throwable thrown = cells.threw("\nfails.remote(3).get()");
    assertInstanceOf(RayTaskException.class, thrown);
    assertEquals("code 3", thrown.getCause().getMessage());
    assertEquals("fails(In [" + defined + "]:5)", Cells.trace(thrown.getCause()).get(0));
    assertEquals("In [" + cells.count() + "]:2", Cells.trace(thrown).getLast());
    shows(
        3,
        "int code = 0;\ntry { fails.remote(3).get(); } catch (RayTaskException e) { code = ((Custom)"
            + " e.getCause()).code; }\ncode");
  }

  @Test
  void whatIsNotDefinedIsNamedWhenItIsSubmitted() {
    cells.notes("@Remote int lacking() { return missing() + absent; }");
    Throwable thrown = cells.threw("lacking.remote()");
    assertInstanceOf(RayException.class, thrown);
    assertTrue(thrown.getMessage().contains("lacking"), thrown.getMessage());
    assertTrue(
        thrown.getMessage().contains("method missing(), variable absent"), thrown.getMessage());
    cells.ok("int missing() { return 1; }\nint absent = 2;");
    shows(3, "lacking.remote().get()");
  }

  @Test
  void whatCannotBeShippedIsNamedWhenItIsSubmitted() {
    cells.ok(
        "var sock = new ServerSocket();\n@Remote int useSock() { return sock.getLocalPort(); }");
    Throwable thrown = cells.threw("useSock.remote()");
    assertInstanceOf(RayException.class, thrown);
    for (String part : List.of("sock", "java.net.ServerSocket", "useSock")) {
      assertTrue(thrown.getMessage().contains(part), thrown.getMessage());
    }
    cells.ok("sock.close();");
  }

  @Test
  void unusualNames() {
    shows(4, "@Remote int remote(int x) { return x; }\nremote.remote(4).get()");
    shows(4, "@Remote int options(int x) { return x; }\noptions.options(o -> o).remote(4).get()");
    shows(8, "@Remote int größe(int x) { return 2 * x; }\ngröße.remote(4).get()");
    shows(
        3,
        "@Remote int $d(int org, int java, int change) { return org + java + change; }\n$d.remote(1, 1, 1).get()");
    shows(2, "public static @org.rayshell.Remote int mods() { return 2; }\nmods.remote().get()");
  }

  @Test
  void stopEndsAWaitForATask() throws Exception {
    cells.ok(
        "@Remote int slow() throws Exception { Thread.sleep(3000); return 1; }\n"
            + "Runnable arrived = () -> org.rayshell.kernel.eval.Cells.there.countDown();");
    Cells.there = new java.util.concurrent.CountDownLatch(1);
    Thread stopper =
        Thread.ofPlatform()
            .start(() -> {
              try {
                Cells.there.await();
                cells.evaluator().stop();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    EvalResult result = cells.run("var waited = slow.remote();\narrived.run();\nwaited.get()");
    stopper.join();
    assertInstanceOf(EvalResult.Interrupted.class, result);
    shows(1, "waited.get()");
  }

  @Test
  void anExceptionThatCannotBeSentIsShownByItsOwnName() {
    cells.run("class Open extends Exception { Thread of = Thread.currentThread(); }");
    cells.run("@Remote int opens() throws Open { throw new Open(); }");
    assertTrue(shown("opens.remote().get()").contains("Caused by: Open\n"));
    cells.run(
        "@Remote int anonymous() {"
            + " throw new RuntimeException(\"no\") { Thread of = Thread.currentThread(); }; }");
    assertTrue(
        shown("anonymous.remote().get()").contains("Caused by: java.lang.RuntimeException: no\n"));
  }

  @Test
  void refsAreTakenAsTheyBecomeReady() {
    cells.run("@Remote int twofold(int n) { return 2 * n; }");
    cells.run("var left = IntStream.range(0, 4).mapToObj(twofold::remote).toList(); int all = 0;");
    cells.run(
        "while (!left.isEmpty()) { var w = Ray.wait(left, 1);"
            + " all += w.ready().getFirst().get(); left = w.unready(); }");
    shows(12, "all");
  }

  /** What is shown of the exception of a cell, without colours. */
  private static String shown(String code) {
    String lines = String.join("\n", errors.threw(cells.threw(code)).traceback());
    return lines.replaceAll("\u001b\\[[0-9;]*m", "");
  }
}
