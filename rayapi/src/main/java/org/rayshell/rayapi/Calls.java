package org.rayshell.rayapi;

import io.ray.api.Ray;
import io.ray.api.function.RayFunc;
import io.ray.api.function.RayFunc0;
import io.ray.api.function.RayFunc1;
import io.ray.api.function.RayFunc2;
import io.ray.api.function.RayFunc3;
import io.ray.api.function.RayFunc4;
import io.ray.api.function.RayFunc5;
import io.ray.api.function.RayFunc6;
import io.ray.api.function.RayFuncVoid0;
import io.ray.api.function.RayFuncVoid1;
import io.ray.api.function.RayFuncVoid2;
import io.ray.api.function.RayFuncVoid3;
import io.ray.api.function.RayFuncVoid4;
import io.ray.api.function.RayFuncVoid5;
import io.ray.api.function.RayFuncVoid6;
import java.lang.invoke.SerializedLambda;
import org.rayshell.Call0;
import org.rayshell.Call1;
import org.rayshell.Call2;
import org.rayshell.Call3;
import org.rayshell.Call4;
import org.rayshell.runtime.store.Lambdas;

/** Ray Java's functions as calls that RayShell ships. Without state. */
final class Calls {
  private Calls() {}

  /** A lambda that calls the function on a worker, with so many arguments. */
  static Object of(RayFunc function, int arguments) {
    return switch (arguments) {
      case 0 -> (Call0<Object>) () -> run(function);
      case 1 -> (Call1<Object, Object>) a -> run(function, a);
      case 2 -> (Call2<Object, Object, Object>) (a, b) -> run(function, a, b);
      case 3 -> (Call3<Object, Object, Object, Object>) (a, b, c) -> run(function, a, b, c);
      case 4 ->
          (Call4<Object, Object, Object, Object, Object>) (a, b, c, d) -> run(function, a, b, c, d);
      case 5 -> (Call5) (a, b, c, d, e) -> run(function, a, b, c, d, e);
      case 6 -> (Call6) (a, b, c, d, e, f) -> run(function, a, b, c, d, e, f);
      default -> throw new IllegalArgumentException("more than 6 arguments: " + arguments);
    };
  }

  /** {@code Jobs.square}, or {@code lambda}. */
  static String name(RayFunc function) {
    SerializedLambda form = Lambdas.form(function);
    String owner = form.getImplClass();
    String simple = owner.substring(Math.max(owner.lastIndexOf('/'), owner.lastIndexOf('$')) + 1);
    String method = form.getImplMethodName();
    if (method.startsWith("lambda$")) {
      return "lambda";
    }
    return method.equals("<init>") ? "new " + simple : simple + "." + method;
  }

  /** What the function calls may use Ray, and is the first in this process to do so. */
  private static Object run(RayFunc function, Object... args) throws Exception {
    Ray.init();
    return apply(function, args);
  }

  @SuppressWarnings("unchecked")
  private static Object apply(RayFunc function, Object... a) throws Exception {
    switch (function) {
      case RayFunc0<?> f -> {
        return f.apply();
      }
      case RayFunc1<?, ?> f -> {
        return ((RayFunc1<Object, Object>) f).apply(a[0]);
      }
      case RayFunc2<?, ?, ?> f -> {
        return ((RayFunc2<Object, Object, Object>) f).apply(a[0], a[1]);
      }
      case RayFunc3<?, ?, ?, ?> f -> {
        return ((RayFunc3<Object, Object, Object, Object>) f).apply(a[0], a[1], a[2]);
      }
      case RayFunc4<?, ?, ?, ?, ?> f -> {
        return ((RayFunc4<Object, Object, Object, Object, Object>) f).apply(a[0], a[1], a[2], a[3]);
      }
      case RayFunc5<?, ?, ?, ?, ?, ?> f -> {
        return ((RayFunc5<Object, Object, Object, Object, Object, Object>) f)
            .apply(a[0], a[1], a[2], a[3], a[4]);
      }
      case RayFunc6<?, ?, ?, ?, ?, ?, ?> f -> {
        return ((RayFunc6<Object, Object, Object, Object, Object, Object, Object>) f)
            .apply(a[0], a[1], a[2], a[3], a[4], a[5]);
      }
      case RayFuncVoid0 f -> f.apply();
      case RayFuncVoid1<?> f -> ((RayFuncVoid1<Object>) f).apply(a[0]);
      case RayFuncVoid2<?, ?> f -> ((RayFuncVoid2<Object, Object>) f).apply(a[0], a[1]);
      case RayFuncVoid3<?, ?, ?> f ->
          ((RayFuncVoid3<Object, Object, Object>) f).apply(a[0], a[1], a[2]);
      case RayFuncVoid4<?, ?, ?, ?> f ->
          ((RayFuncVoid4<Object, Object, Object, Object>) f).apply(a[0], a[1], a[2], a[3]);
      case RayFuncVoid5<?, ?, ?, ?, ?> f ->
          ((RayFuncVoid5<Object, Object, Object, Object, Object>) f)
              .apply(a[0], a[1], a[2], a[3], a[4]);
      case RayFuncVoid6<?, ?, ?, ?, ?, ?> f ->
          ((RayFuncVoid6<Object, Object, Object, Object, Object, Object>) f)
              .apply(a[0], a[1], a[2], a[3], a[4], a[5]);
      default ->
          throw new IllegalArgumentException("not a function of Ray Java: " + function.getClass());
    }
    return null;
  }
}
