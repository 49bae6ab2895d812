package org.rayshell.runtime.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.ObjectRef;
import org.rayshell.RayException;

class ShippingTest {
  @TempDir Path directory;
  private Processes processes;
  private FakeSession session;

  @BeforeEach
  void start() {
    processes = new Processes(directory);
    session = processes.session;
  }

  private static Object get(Class<?> cell, String variable) throws Exception {
    return cell.getField(variable).get(null);
  }

  @Test
  void functionsCallFunctionsAndReadVariables() throws Throwable {
    session.cell("public static int factor = 3; public static String unused = \"u\";");
    session.cell("public static int helper(int n) { return n * factor; } static void other() {}");
    session.cell("@Remote public static int f(int n) { return helper(n) + 1; }");
    ShippedCall call = processes.call("f", "int", 5);
    assertEquals(16, processes.run(call));
    var names = FakeSession.names(Contents.of(call.export(), processes.codec));
    assertTrue(names.containsAll(List.of("$JShell$2.helper", "$JShell$3.f")), names::toString);
    assertFalse(names.contains("$JShell$2.other"), names::toString);
  }

  @Test
  void variablesAreTakenWhenTheCallIsMade() throws Throwable {
    Class<?> cell = session.cell("public static int n = 1; public static List<Integer> l;");
    session.cell("@Remote public static int f() { return n; }");
    var worker = processes.worker();
    ShippedCall first = processes.call("f", "");
    cell.getField("n").set(null, 2);
    ShippedCall second = processes.call("f", "");
    assertSame(first.export(), second.export(), "small variables travel with the call");
    assertEquals(1, processes.codec.decode(worker.run(first), session.loader()));
    assertEquals(2, processes.codec.decode(worker.run(second), session.loader()));
    assertEquals(1, processes.codec.decode(worker.run(first), session.loader()));
  }

  @Test
  void callsShareWhatTheyHaveInCommonUntilThatChanges() throws Throwable {
    Class<?> cell = session.cell("public static int n = 1;");
    session.cell("@Remote public static int f(int m) { return n + m; }");
    session.cell("@Remote public static int g(int m) { return m; }");
    ShippedCall first = processes.call("f", "int", 1);
    processes.call("g", "int", 1);
    assertSame(first.function(), processes.call("f", "int", 2).function());
    cell.getField("n").set(null, 2);
    ShippedCall later = processes.call("f", "int", 2);
    assertNotSame(first.function(), later.function());
    assertEquals(2, processes.run(first));
    assertEquals(4, processes.run(later));
  }

  @Test
  void classesThatCameWithACallAreLookedForNowhereElse() throws Throwable {
    session.cell("public static int helper(int n) { return n + 1; }");
    session.cell("@Remote public static int f(int n) { return helper(n); }");
    Export export = processes.call("f", "int", 1).export();
    List<String> asked = new ArrayList<>();
    ClassLoader classPath =
        new ClassLoader(getClass().getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            asked.add(name);
            return super.loadClass(name, resolve);
          }
        };
    Contents contents = Contents.of(export, processes.codec);
    var loader = new ExportLoader(export, contents, classPath, processes.codec);
    List<Class<?>> classes = new ArrayList<>();
    for (String name : contents.classes().keySet()) {
      Class<?> type = Class.forName(name.replace('/', '.'), true, loader);
      assertSame(type, loader.loadClass(type.getName()));
      assertSame(loader, type.getClassLoader());
      classes.add(type);
    }
    assertFalse(classes.isEmpty());
    assertSame(String.class, loader.loadClass("java.lang.String"));
    assertTrue(asked.contains("java.lang.String"));
    for (Class<?> type : classes) {
      assertFalse(asked.contains(type.getName()), asked::toString);
    }
  }

  @Test
  void tasksDoNotSeeWhatEarlierOnesDidToVariables() throws Throwable {
    session.cell("public static int n = 0; public static List<Integer> l = new ArrayList<>();");
    session.cell("@Remote public static int f() { l.add(1); return ++n + l.size(); }");
    ShippedCall call = processes.call("f", "");
    var worker = processes.worker();
    for (int i = 0; i < 3; i++) {
      assertEquals(2, processes.codec.decode(worker.run(call), session.loader()));
    }
  }

  @Test
  void norToLargeOnes() throws Throwable {
    session.cell("public static byte[] data = new byte[1 << 20]; public static int n = 0;");
    session.cell("@Remote public static int f() { return ++data[7] + ++n; }");
    ShippedCall call = processes.call("f", "");
    var worker = processes.worker();
    for (int i = 0; i < 3; i++) {
      assertEquals(2, processes.codec.decode(worker.run(call), session.loader()));
    }
  }

  @Test
  void largeVariablesArePartOfTheExport() throws Throwable {
    Class<?> cell = session.cell("public static byte[] data = new byte[1 << 20];");
    session.cell("@Remote public static int f() { return data[7]; }");
    ShippedCall first = processes.call("f", "");
    assertSame(first.export(), processes.call("f", "").export());
    ((byte[]) get(cell, "data"))[7] = 9;
    ShippedCall second = processes.call("f", "");
    assertEquals(0, processes.run(first));
    assertEquals(9, processes.run(second));
  }

  @Test
  void oneObjectInTwoVariablesStaysOne() throws Throwable {
    session.cell("public static int[] a = {1}; public static int[] b = a;");
    session.cell("@Remote public static boolean same() { a[0]++; return a == b && b[0] == 2; }");
    assertEquals(true, processes.run("same", ""));
  }

  @Test
  void userTypesTravelWhole() throws Throwable {
    session.cell("public static double scale = 2;");
    session.cell(
        """
        public sealed interface Shape permits Circle, Square {}
        public record Circle(double r) implements Shape {}
        public record Square(double a) implements Shape { static double twice(double x) { return scale * x; } }
        """);
    session.cell(
        "public enum Mode { ON { int v() { return 1; } }, OFF { int v() { return 0; } }; abstract int v(); }");
    session.cell(
        """
        public static class Counter {
          private int n;
          class Step { void go() { n++; } }
          int run(Mode m) { new Step().go(); Runnable r = new Runnable() { public void run() { n += m.v(); } }; r.run(); return n; }
        }
        """);
    session.cell(
        """
        @Remote public static double area(Shape s) {
          assert s != null;
          class Local { double of() { return switch (s) { case Circle c -> 3 * c.r(); case Square q -> Square.twice(q.a()); }; } }
          return new Local().of();
        }
        @Remote public static int count(Mode m) {
          return switch (m) { case ON -> new Counter().run(m); case OFF -> -1; };
        }
        @Remote public static Shape make(double r) { return new Circle(r); }
        """);
    Class<?> shapes = session.loader().loadClass("REPL.$JShell$2$Square");
    Object square = shapes.getDeclaredConstructors()[0].newInstance(4.0);
    assertEquals(8.0, processes.run("area", "Shape", square));
    Class<?> modes = session.loader().loadClass("REPL.$JShell$3$Mode");
    assertEquals(2, processes.run("count", "Mode", modes.getEnumConstants()[0]));
    assertEquals("Circle[r=1.5]", processes.run("make", "double", 1.5).toString());
  }

  @Test
  void lambdasAndMethodReferencesNeedNoCast() throws Throwable {
    session.cell("public static int base = 10;");
    session.cell("public static Function<Integer, Integer> add = x -> x + base;");
    session.cell("public static record P(int x, String s) { String both() { return s + x; } }");
    session.cell(
        """
        @Remote public static int f(int n) { return add.apply(n); }
        @Remote public static List<String> sorted(List<P> ps, Comparator<P> by) {
          return ps.stream().sorted(by).map(P::both).toList();
        }
        @Remote public static Supplier<Integer> later(int n) { int m = n + 1; return () -> m + base; }
        """);
    Class<?> cell =
        session.cell(
            """
            public static Comparator<P> by = Comparator.comparing(P::s).thenComparing(P::x, Comparator.reverseOrder());
            public static List<P> ps = new ArrayList<>(List.of(new P(1, "b"), new P(2, "a"), new P(3, "a")));
            """);
    assertEquals(15, processes.run("f", "int", 5));
    assertEquals(
        List.of("a3", "a2", "b1"),
        processes.run("sorted", "List,Comparator", get(cell, "ps"), get(cell, "by")));
    Object later = processes.run("later", "int", 4);
    assertEquals(15, ((java.util.function.Supplier<?>) later).get());
  }

  @Test
  void lambdasOfCellsAreTasks() throws Throwable {
    session.cell(
        "public static int base = 10; public static int twice(int n) { return 2 * n + base; }");
    Class<?> cell =
        session.cell(
            """
            static int local = 7;
            public static Call0<Integer> plain() { int captured = 5; return () -> twice(captured); }
            public static Call1<Integer, Integer> reference = REPL.$JShell$1::twice;
            public static Run0 work = () -> { base++; };
            public static RefCall1<int[], Integer> length = a -> a.length;
            public static Call2<Integer, Supplier<Integer>, Integer> nested = (a, s) -> a + s.get();
            public static Supplier<Integer> supplier = () -> local;
            """);
    assertEquals(20, processes.runLambda(cell.getMethod("plain").invoke(null)));
    assertEquals(16, processes.runLambda(get(cell, "reference"), 3));
    assertEquals(
        "twice",
        processes.shipper.shipLambda(get(cell, "reference"), null, new Object[] {3}).name());
    assertNull(processes.runLambda(get(cell, "work")));
    ObjectRef<int[]> ref = Processes.ref(processes.codec.encode(new int[4]));
    assertEquals(4, processes.runLambda(get(cell, "length"), ref));
    assertEquals(8, processes.runLambda(get(cell, "nested"), 1, get(cell, "supplier")));
  }

  @Test
  void genericsVarargsVoidOverloadsAndRecursionWork() throws Throwable {
    session.cell(
        """
        @Remote public static <T extends Comparable<T>> T largest(List<T> l) { return Collections.max(l); }
        @Remote public static int sum(int... all) { int s = 0; for (int i : all) s += i; return s; }
        @Remote public static void nothing() {}
        @Remote(numCpus = 2, resources = "gpu=0.5", name = "shown") public static String o(int n) { return "int"; }
        @Remote public static String o(String n) { return "String"; }
        @Remote public static long fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
        @Remote public static long widened(long n, double d) { return n; }
        """);
    assertEquals(3, processes.run("largest", "List", List.of(1, 3, 2)));
    assertEquals(6, processes.run("sum", "int[]", new int[] {1, 2, 3}));
    assertNull(processes.run("nothing", ""));
    assertEquals("int", processes.run("o", "int", 1));
    assertEquals("String", processes.run("o", "String", "x"));
    assertEquals(55L, processes.run("fib", "int", 10));
    ShippedCall call = processes.call("o", "int", 1);
    assertEquals(2, call.options().numCpus());
    assertEquals(Map.of("gpu", 0.5), call.options().resources());
    assertEquals("shown", call.name());
    assertEquals(
        "other",
        processes
            .shipper
            .shipFunction(Processes.class, "o", "int", o -> o.name("other"), new Object[] {1})
            .name());
  }

  @Test
  void redefinitionsShowInLaterCallsOnly() throws Throwable {
    Class<?> old = session.cell("@Remote public static String f() { return \"old\"; }");
    ShippedCall before = processes.call("f", "");
    session.hide(old);
    session.cell("@Remote public static String f() { return \"new\"; }");
    assertEquals("new", processes.run("f", ""));
    assertEquals("old", processes.run(before));
  }

  private static final String COMPANION =
      """
      public static final class %1$s {
        public static ObjectRef<Integer> remote(int n) {
          return org.rayshell.runtime.code.RemoteCalls.call(%1$s.class, "%1$s", "int", null, n);
        }
      }
      """;

  @Test
  void companionsThatAreReachedBringTheirFunctionAlong() throws Throwable {
    session.cell("public static int base = 100;");
    session.cell(COMPANION.formatted("g"));
    Class<?> old = session.cell("@Remote public static int g(int n) { return n + base; }");
    session.cell("@Remote public static ObjectRef<Integer> f(int n) { return g.remote(n); }");
    ShippedCall call = processes.call("f", "int", 1);
    var worker = processes.worker();
    worker.code.load(call.export());
    worker.code.prepare(call.export().hash(), call.target().bytes());
    ClassLoader task = worker.code.loader(call.export().hash());
    Class<?> companion = task.loadClass("REPL.$JShell$2$g");
    assertEquals(105, processes.run(nested(worker, companion)));
    task.loadClass("REPL.$JShell$1").getField("base").set(null, 200);
    assertEquals(205, processes.run(nested(worker, companion)), "variables as the task left them");
    session.hide(old);
    session.cell("@Remote public static int g(int n) { return -n; }");
    ShippedCall later = processes.call("f", "int", 1);
    assertFalse(later.export().hash().equals(call.export().hash()));
  }

  private static ShippedCall nested(Processes.Worker worker, Class<?> companion) {
    return worker.shipper.shipFunction(companion, "g", "int", null, new Object[] {5});
  }

  @Test
  void valuesBringTheirClassesToTasksThatNeverHeardOfThem() throws Throwable {
    session.cell("public static int scale = 3;");
    session.cell("public interface Animal { String sound(); }");
    session.cell(
        """
        public static record Dog(String name) implements Animal {
          public String sound() { return name + scale; }
        }
        """);
    session.cell("@Remote public static Object make(String name) { return new Dog(name); }");
    session.cell("@Remote public static String hear(Animal a) { return a.sound(); }");
    session.cell("@Remote public static Object same(Object o) { return o; }");
    var maker = processes.worker();
    var made = maker.run(processes.call("make", "String", "rex"));
    ShippedCall hear = processes.call("hear", "Animal", Processes.ref(made));
    assertEquals("rex3", processes.run(hear));
    ShippedCall same = processes.call("same", "Object", Processes.ref(made));
    var passedOn = processes.worker().run(same);
    assertEquals("rex3", processes.run(processes.call("hear", "Animal", Processes.ref(passedOn))));
    Object dog = processes.codec.decode(made, session.loader());
    var put = processes.codec.encode(List.of(dog));
    assertEquals("[Dog[name=rex]]", processes.run("same", "Object", Processes.ref(put)).toString());
  }

  @Test
  void refusedVariablesAreNamedWithTypeCellAndReader() throws Exception {
    session.cell(
        "public static java.net.ServerSocket sock = socket(); static java.net.ServerSocket socket() { try { return new java.net.ServerSocket(); } catch (IOException e) { throw new UncheckedIOException(e); } }");
    session.cell("public static int useSock() { return sock.getLocalPort(); }");
    session.cell(
        "@Remote public static int f() { Supplier<Integer> s = () -> useSock(); return s.get(); }");
    session.cell(
        "public static class Job { Thread t = new Thread(); } public static Job job = new Job();");
    session.cell("@Remote public static Job g() { return job; }");
    session.cell("@Remote public static Object h(Object o) { return o; }");
    RayException refused = assertThrows(RayException.class, () -> processes.call("f", ""));
    assertEquals(
        "cannot ship captured variable `sock` of type java.net.ServerSocket (cell In [1]), read by"
            + " `useSock` (cell In [2]); open it inside the remote function",
        refused.getMessage());
    refused = assertThrows(RayException.class, () -> processes.call("g", ""));
    assertEquals(
        "cannot ship captured variable `job` of type Job (cell In [4]), read by `g` (cell In [5]):"
            + " Job.t is a java.lang.Thread; start it inside the remote function",
        refused.getMessage());
    refused =
        assertThrows(
            RayException.class,
            () -> processes.call("h", "Object", Map.of("k", List.of(new Thread()))));
    assertEquals(
        "cannot ship argument 1 of `h`: value[\"k\"][0] is a java.lang.Thread; start it inside the"
            + " remote function",
        refused.getMessage());
    ((java.net.ServerSocket) get(session.loader().loadClass("REPL.$JShell$1"), "sock")).close();
  }

  @Test
  void unresolvedAndUnknownFunctionsAreNamed() throws Exception {
    session.cell("@Remote public static int f(int n) { return n; }");
    String message =
        assertThrows(RayException.class, () -> processes.call("f", "String", "x")).getMessage();
    assertTrue(message.contains("`f` has no remote overload for (String)"), message);
    message = assertThrows(RayException.class, () -> processes.call("gone", "")).getMessage();
    assertTrue(message.contains("`gone` is not a remote function"), message);
    session.unresolved("f", "`missing`");
    message = assertThrows(RayException.class, () -> processes.call("f", "int", 1)).getMessage();
    assertTrue(message.contains("`missing`"), message);
  }

  @Test
  void theUsersOwnExceptionsArrive() throws Throwable {
    session.cell(
        "public static class Bad extends Exception { int code; Object extra = new Object(); Bad(int c, Throwable t) { super(\"bad \" + c, t); code = c; } }");
    session.cell(
        "@Remote public static int f() throws Exception { throw new Bad(7, new IllegalStateException(\"why\")); }");
    ShippedCall call = processes.call("f", "");
    var worker = processes.worker();
    Throwable thrown = assertThrows(Exception.class, () -> worker.run(call));
    Throwable arrived =
        processes.codec.decodeThrowable(worker.codec.encodeThrowable(thrown), session.loader());
    assertEquals("REPL.$JShell$1$Bad", arrived.getClass().getName());
    Field code = arrived.getClass().getDeclaredField("code");
    code.setAccessible(true);
    assertEquals(7, code.get(arrived));
    assertEquals("why", arrived.getCause().getMessage());
    assertEquals(
        List.of("f"),
        Stream.of(Traces.trimmed(arrived).getStackTrace())
            .map(StackTraceElement::getMethodName)
            .toList());
    Throwable standIn =
        processes.codec.decodeThrowable(
            worker.codec.encodeThrowable(thrown), ShippingTest.class.getClassLoader());
    assertEquals("REPL.$JShell$1$Bad: bad 7", standIn.toString());
    assertEquals("why", standIn.getCause().getMessage());
  }

  @Test
  void argumentsOfTheWrongTypeAreNamed() throws Throwable {
    session.cell("@Remote public static int f(int n, String s) { return n; }");
    ShippedCall call =
        processes.call("f", "int,String", 1, Processes.ref(processes.codec.encode(2)));
    RayException refused = assertThrows(RayException.class, () -> processes.run(call));
    assertEquals(
        "argument 2 of `f` must be of type java.lang.String but is a java.lang.Integer; was it a"
            + " ref of another type?",
        refused.getMessage());
  }

  @Test
  void whatALambdaCapturesIsNamedIfItCannotTravel() throws Throwable {
    Class<?> cell =
        session.cell(
            """
            public static class Job { Thread t = new Thread(); }
            public static Call0<Object> thread() { Thread t = new Thread(); return () -> t; }
            public static Call0<Object> job() { long w = 1; Job j = new Job(); return () -> w + "" + j; }
            public static Thread global = new Thread();
            public static Call0<Object> reader = () -> global;
            """);
    assertEquals(
        "cannot ship the lambda's captured variable `t`: it is a java.lang.Thread; start it inside the"
            + " remote function",
        refusal(cell.getMethod("thread").invoke(null)));
    assertEquals(
        "cannot ship the lambda's captured variable `j`, Job.t: it is a java.lang.Thread; start it"
            + " inside the remote function",
        refusal(cell.getMethod("job").invoke(null)));
    assertTrue(refusal(get(cell, "reader")).startsWith("cannot ship captured variable `global`"));
  }

  private String refusal(Object lambda) {
    return assertThrows(
            RayException.class, () -> processes.shipper.shipLambda(lambda, null, new Object[0]))
        .getMessage();
  }

  @Test
  void constructorsOfRecordsMayReadVariables() throws Throwable {
    session.cell("public static int most = 10;");
    session.cell(
        "public record P(int x) { public P { if (x > most) throw new IllegalArgumentException(); } }");
    session.cell("@Remote public static int f(P p) { return p.x(); }");
    Class<?> type = session.loader().loadClass("REPL.$JShell$2$P");
    Object p = type.getDeclaredConstructors()[0].newInstance(4);
    assertEquals(4, processes.run("f", "P", p));
  }

  private Path library(String name, String source) throws Exception {
    Path folder = Files.createDirectories(directory.resolve("classes of " + name));
    Path file = Files.writeString(folder.resolve(name + ".java"), source);
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-d", folder.toString(), file.toString());
    assertEquals(0, result);
    return folder;
  }

  @Test
  void theAddedClassPathReachesTheWorker() throws Throwable {
    session.cell("@Remote public static int plain() { return 1; }");
    ShippedCall before = processes.call("plain", "");
    session.addToClassPath(
        library(
            "Tool",
            "package lib; public class Tool { public int v = 4; public static Tool of() { return new Tool(); } }"));
    session.cell("public static lib.Tool tool = lib.Tool.of();");
    session.cell(
        """
        @Remote public static lib.Tool use(lib.Tool given) {
          lib.Tool made = lib.Tool.of();
          made.v = tool.v + given.v + 1;
          return made;
        }
        """);
    Class<?> type = session.loader().loadClass("lib.Tool");
    Object tool = type.getMethod("of").invoke(null);
    Object used = processes.run("use", "Tool", tool);
    assertSame(type, used.getClass());
    assertEquals(9, type.getField("v").get(used));
    session.addToClassPath(
        library("More", "package lib2; public class More { public static int n() { return 5; } }"));
    session.cell("@Remote public static int more() { return lib2.More.n() + lib.Tool.of().v; }");
    assertEquals(9, processes.run("more", ""));
    assertEquals(1, processes.run("plain", ""));
    assertEquals(1, processes.run(before));
  }

  @Test
  void lambdasOfALibraryAreNotLost() throws Throwable {
    session.addToClassPath(
        library(
            "Adders",
            """
            package lib;
            import java.util.function.*;
            public class Adders {
              public static Function<Integer, Integer> add(int n) {
                return (Function<Integer, Integer> & java.io.Serializable) x -> x + n;
              }
            }
            """));
    session.cell("public static Function<Integer, Integer> add = lib.Adders.add(3);");
    session.cell("@Remote public static int f(int n) { return add.apply(n); }");
    assertEquals(7, processes.run("f", "int", 4));
  }

  @Test
  void warmCallsUseOneExport() throws Throwable {
    session.cell(
        "public static record P(int x) {}  public static Map<String, P> all = new HashMap<>(Map.of(\"a\", new P(1)));");
    session.cell("@Remote public static int f(P p) { return p.x() + all.size(); }");
    Class<?> type = session.loader().loadClass("REPL.$JShell$1$P");
    Object p = type.getDeclaredConstructors()[0].newInstance(4);
    Export first = processes.call("f", "P", p).export();
    for (int i = 0; i < 100; i++) {
      assertSame(first, processes.call("f", "P", p).export());
    }
  }
}
