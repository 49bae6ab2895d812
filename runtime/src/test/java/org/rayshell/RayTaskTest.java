package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type compiles, without casts and without explicit types. */
class RayTaskTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "TaskCall<Integer> t = Ray.task(() -> 42);",
        "TaskCall<Void> t = Ray.task(() -> { work(); });",
        "TaskCall<Void> t = Ray.task(() -> work());",
        "TaskCall<Void> t = Ray.task(T::work);",
        "TaskCall<Integer> t = Ray.task(() -> { work(); return 1; });",
        "ObjectRef<Integer> r = Ray.task(() -> f(3)).remote();",
        "ObjectRef<Integer> r = Ray.task(T::f, 3).remote();",
        "ObjectRef<Integer> r = Ray.task(T::f, ints).remote();",
        "ObjectRef<Integer> r = Ray.task(d -> d.length, bytes).remote();",
        "ObjectRef<Integer> r = Ray.task(d -> d.length, new byte[3]).remote();",
        "ObjectRef<Integer> r = Ray.task(String::length, strings).remote();",
        "ObjectRef<Integer> r = Ray.task(String::length, \"abc\").remote();",
        "ObjectRef<StringBuilder> r = Ray.task(StringBuilder::new, \"abc\").remote();",
        "ObjectRef<Integer> r = Ray.task(Math::abs, ints).remote();",
        "ObjectRef<Integer> r = Ray.task((a, b) -> a + b.length(), ints, strings).remote();",
        "ObjectRef<Integer> r = Ray.task((a, b) -> a + b.length(), 1, strings).remote();",
        "ObjectRef<Integer> r = Ray.task((a, b) -> a + b.length(), ints, \"x\").remote();",
        "ObjectRef<Integer> r = Ray.task((a, b) -> a + b.length(), 1, \"x\").remote();",
        "ObjectRef<String> r = Ray.task(T::g, 1, strings).remote();",
        "ObjectRef<String> r = Ray.task(T::g, ints, \"x\").remote();",
        "ObjectRef<String> r = Ray.task(T::g, ints, strings).options(o -> o.numCpus(2).maxRetries(0).name(\"x\")).remote();",
        "ObjectRef<Integer> r = Ray.task((a, b, c) -> a + b.length() + c.length, ints, strings, bytes).remote();",
        "ObjectRef<Integer> r = Ray.task((a, b, c) -> a + b.length() + c.length, 1, strings, bytes).remote();",
        "ObjectRef<Integer> r = Ray.task((a, b, c) -> a + b.length() + c.length, 1, \"x\", bytes).remote();",
        "ObjectRef<Integer> r = Ray.task((a, b, c) -> a + b.length() + c.length, ints, \"x\", bytes).remote();",
        "ObjectRef<Integer> r = Ray.task((a, b, c) -> a + b.length() + c.length, 1, \"x\", new byte[1]).remote();",
        "ObjectRef<Integer> r = Ray.task((a, b, c, d) -> a + b + c + d, 1, 2, 3, 4).remote();",
        "ObjectRef<Integer> r = Ray.task((a, b, c, d) -> a + b + c + d, ints, ints, ints, ints).remote();",
        "ObjectRef<Integer> r = Ray.task(l -> l.size(), List.of(ints)).remote();",
        "ObjectRef<ObjectRef<Integer>> r = Ray.task(T::nested, 1).remote();",
        "ObjectRef<Integer> r = Ray.task(T::failing, 1).remote();",
        "int n = Ray.get(Ray.task(x -> x * 2, Ray.put(4)).remote());",
        "List<Integer> l = Ray.get(java.util.stream.IntStream.range(0, 3).mapToObj(i -> Ray.task(() -> f(i)).remote()).toList());"
      })
  void compiles(String statement) {
    assertEquals(List.of(), problems(statement));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ObjectRef<String> r = Ray.task(T::f, 3).remote();",
        "Ray.task((String s) -> s.length(), ints);",
        "Ray.task(T::f, \"text\");"
      })
  void mistakesDoNot(String statement) {
    assertTrue(!problems(statement).isEmpty(), statement);
  }

  private static List<String> problems(String statement) {
    String code =
        """
        import java.util.*;
        import org.rayshell.*;
        class T {
          static int f(int n) { return n; }
          static String g(int n, String s) { return s + n; }
          static void work() {}
          static ObjectRef<Integer> nested(int n) { return null; }
          static int failing(int n) throws Exception { throw new java.io.IOException(); }
          void test(ObjectRef<Integer> ints, ObjectRef<String> strings, ObjectRef<byte[]> bytes) {
            %s
          }
        }
        """
            .formatted(statement);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> problems = new ArrayList<>();
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                null,
                null,
                (Diagnostic<? extends JavaFileObject> each) -> problems.add(each.getMessage(null)),
                List.of("-proc:none", "-Xlint:none", "-cp", System.getProperty("java.class.path")),
                null,
                List.of(
                    new SimpleJavaFileObject(
                        URI.create("string:///T.java"), JavaFileObject.Kind.SOURCE) {
                      @Override
                      public CharSequence getCharContent(boolean ignored) {
                        return code;
                      }
                    }));
    try {
      // Analysed, not generated: nothing is written.
      task.analyze();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return problems;
  }
}
