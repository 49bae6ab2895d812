package org.rayshell.runtime.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.Call0;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;
import org.rayshell.RayOptions;
import org.rayshell.RayTaskException;
import org.rayshell.runtime.DriverHooks;
import org.rayshell.runtime.Runtimes;
import org.rayshell.testing.NothingLeft;

/** Code out of cells in real worker processes. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@ExtendWith(NothingLeft.class)
class CrossProcessTest {
  private final FakeSession session = new FakeSession();

  @BeforeEach
  void start() {
    Runtimes.install(
        new DriverHooks() {
          @Override
          public CodeSource codeSource() {
            return session;
          }

          @Override
          public String currentCell() {
            return "In [1]";
          }

          @Override
          public void taskOutput(TaskOutput output) {}
        });
    Ray.init(RayOptions.create().numCpus(2).includeDashboard(false));
  }

  @AfterEach
  void stop() {
    Ray.shutdown();
    Runtimes.install(DriverHooks.NONE);
  }

  private static final String COMPANION =
      """
      public static final class %1$s {
        public static ObjectRef<%3$s> remote(%2$s a) {
          return org.rayshell.runtime.code.RemoteCalls.call(%1$s.class, "%1$s", "%2$s", null, a);
        }
        public static ObjectRef<%3$s> remote(ObjectRef<?> a) {
          return org.rayshell.runtime.code.RemoteCalls.call(%1$s.class, "%1$s", "%2$s", null, a);
        }
      }
      """;

  private void companion(String name, String parameter, String result) throws Exception {
    session.cell(COMPANION.formatted(name, parameter, result));
  }

  /** Calls {@code name.remote(arg)} as a cell would. */
  @SuppressWarnings("unchecked")
  private <T> ObjectRef<T> remote(String name, Class<?> type, Object arg) throws Throwable {
    for (int cell = 1; ; cell++) {
      try {
        Class<?> companion = session.loader().loadClass("REPL.$JShell$" + cell + "$" + name);
        Method method = companion.getMethod("remote", type);
        return (ObjectRef<T>) method.invoke(null, arg);
      } catch (ClassNotFoundException _) {
        // A later cell has it.
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  @Test
  void nestedTasksRunFromTheCodeOfTheTaskThatCallsThem() throws Throwable {
    session.cell("public static int base = 100; public static record P(int x) {}");
    companion("g", "int", "P");
    session.cell("@Remote public static P g(int n) { return new P(n + base); }");
    companion("f", "int", "Integer");
    session.cell(
        """
        @Remote public static int f(int n) {
          List<ObjectRef<P>> refs = new ArrayList<>();
          for (int i = 0; i < n; i++) { refs.add(g.remote(i)); }
          int sum = 0;
          for (P p : Ray.get(refs)) { sum += p.x(); }
          return sum + Ray.task(() -> base).remote().get();
        }
        """);
    assertEquals((Integer) 403, Ray.get(this.<Integer>remote("f", int.class, 3)));
  }

  @Test
  void recursionOverRemoteCallsEnds() throws Throwable {
    companion("fib", "int", "Integer");
    session.cell(
        """
        @Remote public static int fib(int n) {
          if (n < 2) { return n; }
          var a = fib.remote(n - 1);
          var b = fib.remote(n - 2);
          return Ray.get(a) + Ray.get(b);
        }
        """);
    assertEquals((Integer) 8, Ray.get(this.<Integer>remote("fib", int.class, 6)));
  }

  @Test
  void valuesFindTheirClassesOnWorkersThatNeverSawThem() throws Throwable {
    session.cell("public interface Animal { String sound(); }");
    session.cell(
        "public record Dog(String name) implements Animal { public String sound() { return name; } }");
    companion("make", "String", "Object");
    session.cell("@Remote public static Object make(String name) { return new Dog(name); }");
    companion("hear", "Animal", "String");
    session.cell("@Remote public static String hear(Animal a) { return a.sound(); }");
    for (int i = 0; i < 4; i++) {
      ObjectRef<Object> dog = remote("make", String.class, "rex" + i);
      assertEquals("rex" + i, Ray.get(this.<String>remote("hear", ObjectRef.class, dog)));
      ObjectRef<Object> put = Ray.put(Ray.get(dog));
      assertEquals("rex" + i, Ray.get(this.<String>remote("hear", ObjectRef.class, put)));
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void lambdasAndRefsInsideValuesTravel() throws Throwable {
    Class<?> cell =
        session.cell(
            """
            public static ObjectRef<Integer> inside = Ray.put(5);
            public static List<ObjectRef<Integer>> refs = List.of(inside);
            public static Call0<Integer> sum = () -> refs.getFirst().get() + inside.get();
            public static Call0<Call0<String>> maker = () -> { int n = 3; return () -> "n" + n; };
            """);
    assertEquals(10, Ray.get(Ray.task((Call0<Integer>) cell.getField("sum").get(null)).remote()));
    Call0<Call0<String>> maker = (Call0<Call0<String>>) cell.getField("maker").get(null);
    assertEquals("n3", Ray.get(Ray.task(maker).remote()).call());
  }

  @Test
  void exceptionsOfTheUserAreTheCause() throws Throwable {
    session.cell(
        "public static class Bad extends RuntimeException { final Object o = new Object(); Bad(String m) { super(m); } }");
    companion("f", "int", "Integer");
    session.cell("@Remote public static int f(int n) { throw new Bad(\"n=\" + n); }");
    ObjectRef<Object> ref = remote("f", int.class, 3);
    RayTaskException thrown = assertThrows(RayTaskException.class, () -> Ray.get(ref));
    assertEquals("REPL.$JShell$1$Bad: n=3", thrown.getCause().toString());
    assertTrue(
        List.of(thrown.getCause().getStackTrace()).toString().contains("$JShell$3.f"),
        thrown.toString());
  }

  static int twice(int n) {
    return 2 * n;
  }

  @Test
  void classesOfThePlainClassPathNeedNoExport() {
    int captured = 3;
    assertEquals(7, Ray.get(Ray.task(() -> captured + 4).remote()));
    assertEquals(8, Ray.get(Ray.task(CrossProcessTest::twice, Ray.put(4)).remote()));
    assertEquals(3, Ray.get(Ray.task(d -> d.length, Ray.put(new byte[3])).remote()));
  }
}
