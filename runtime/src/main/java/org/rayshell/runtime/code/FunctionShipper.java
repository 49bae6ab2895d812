package org.rayshell.runtime.code;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.rayshell.ObjectRef;
import org.rayshell.RayException;
import org.rayshell.TaskOptions;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.store.UnshippableException;
import org.rayshell.runtime.store.ValueCodec;

/**
 * Makes calls ready to travel: code, captured variables and arguments as bytes. In a driver the
 * code comes from its cells; in a task it is the code that the task itself was sent. Thread-safe.
 */
public final class FunctionShipper {
  private final CodeSource source;
  private final ValueCodec codec;
  private final DriverCode driver;
  private final LambdaPlaces lambdas;
  private final ShippedFunctions functions = new ShippedFunctions();

  /** A shipper that keeps no code for values; see the other one. */
  public FunctionShipper(CodeSource source, ValueCodec codec) {
    this(source, codec, null);
  }

  /**
   * A shipper.
   *
   * @param source the cells' code; null if there is none
   * @param codec learns here, if there are cells, which classes are theirs
   * @param sessionDirectory where the processes of the session keep the code of values; null for
   *     nowhere
   */
  public FunctionShipper(CodeSource source, ValueCodec codec, Path sessionDirectory) {
    this.source = source;
    this.codec = codec;
    this.lambdas = new LambdaPlaces(codec);
    this.driver =
        source == null ? null : new DriverCode(source, codec, CodeStore.in(sessionDirectory));
    if (driver != null) {
      codec.attach(driver);
    }
  }

  /**
   * A call of a remote function through its companion.
   *
   * @param companion the class whose {@code remote} was called
   * @param name the function
   * @param key which overload, as {@link CodeSource.Function#key}
   * @param options changes the function's defaults; null for no change
   * @param args values, or refs in their place
   * @throws RayException if it cannot be shipped; the message names what stands in the way
   */
  public ShippedCall shipFunction(
      Class<?> companion,
      String name,
      String key,
      UnaryOperator<TaskOptions> options,
      Object[] args) {
    return fromHere(() -> function(companion, name, key, options, args));
  }

  private ShippedCall function(
      Class<?> companion,
      String name,
      String key,
      UnaryOperator<TaskOptions> options,
      Object[] args) {
    ExportLoader task = WorkerCode.home(companion);
    if (task == null && source == null) {
      throw new RayException(
          "`" + name + "` is a function of a notebook, and this process has none: use Ray.task");
    }
    CodeSource.Function function =
        overload(task == null ? source.functions(name) : task.functions(name), name, key);
    TaskOptions chosen = options(function.defaults(), options);
    String shown = chosen.name() == null ? name : chosen.name();
    Member method = new Member(function.owner(), function.method(), function.descriptor());
    Needs needs = new Needs(task == null);
    List<ShippedCall.Arg> shipped = args(name, args, needs);
    if (task != null) {
      ExportLoader.Captured values = task.variables();
      byte[] bytes = new Target.Function(method, values.inline()).encode();
      EncodedValue target = new EncodedValue(bytes, values.refs());
      return call(shown, task.export(), target, shipped, chosen);
    }
    Roots roots = Roots.of(function);
    Shipment.Loaded code = driver.shipment(roots).load(needs.roots);
    EncodedValue target = code.target(method);
    return call(shown, code.export(), target, shipped, chosen);
  }

  /**
   * A call of a lambda or method reference.
   *
   * @param lambda an instance of one of the {@code Call} interfaces of the API
   * @param options changes the defaults; null for no change
   * @param args values, or refs in their place
   * @throws RayException if it cannot be shipped; the message names what stands in the way
   */
  public ShippedCall shipLambda(Object lambda, UnaryOperator<TaskOptions> options, Object[] args) {
    return fromHere(() -> lambda(lambda, options, args));
  }

  /** The trace of a refusal starts at the call: the message says the rest. */
  private static ShippedCall fromHere(Supplier<ShippedCall> work) {
    try {
      return work.get();
    } catch (RayException e) {
      e.fillInStackTrace();
      throw e;
    }
  }

  private ShippedCall lambda(Object lambda, UnaryOperator<TaskOptions> options, Object[] args) {
    LambdaPlaces.Place described = lambdas.of(lambda);
    TaskOptions chosen = options(described.defaults(), options);
    String shown = chosen.name() == null ? described.name() : chosen.name();
    Needs needs = new Needs(driver != null);
    EncodedValue encoded = lambda(described, lambda, needs);
    List<ShippedCall.Arg> shipped = args(described.name(), args, needs);
    Export export = Export.CLASS_PATH;
    byte[] values = null;
    List<ObjectRef<?>> refs = encoded.refs();
    ExportLoader task = task(lambda);
    if (driver != null) {
      Shipment.Loaded code = driver.shipment(needs.roots).load(Roots.NONE);
      export = code.export();
      values = code.values();
      refs = both(refs, code.refs());
    } else if (task != null) {
      export = task.export();
      ExportLoader.Captured variables = task.variables();
      values = variables.inline();
      refs = both(refs, variables.refs());
    }
    EncodedValue target =
        refs.isEmpty() ? described.target(encoded, values) : target(encoded, values, refs);
    return call(shown, export, target, shipped, chosen);
  }

  private ShippedCall call(
      String shown,
      Export export,
      EncodedValue target,
      List<ShippedCall.Arg> args,
      TaskOptions options) {
    ShippedFunction function = new ShippedFunction(shown, export, target, options);
    return new ShippedCall(functions.orLatest(function), args);
  }

  private static List<ObjectRef<?>> both(List<ObjectRef<?>> some, List<ObjectRef<?>> others) {
    if (some.isEmpty() || others.isEmpty()) {
      return some.isEmpty() ? others : some;
    }
    List<ObjectRef<?>> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  private static EncodedValue target(EncodedValue lambda, byte[] values, List<ObjectRef<?>> refs) {
    return new EncodedValue(new Target.Lambda(lambda, false, values).encode(), List.copyOf(refs));
  }

  private static ExportLoader task(Object lambda) {
    ExportLoader home = WorkerCode.home(lambda.getClass());
    return home == null ? WorkerCode.running() : home;
  }

  private static EncodedValue lambda(LambdaPlaces.Place place, Object lambda, Needs needs) {
    try {
      return needs.encodeGraph(place.graph(lambda));
    } catch (UnshippableException e) {
      throw new RayException(
          "cannot ship "
              + (e.path().isEmpty() ? "the lambda: " : e.path() + ": ")
              + (e.type() == null ? "" : "it is a " + e.type() + "; ")
              + e.problem());
    }
  }

  private static CodeSource.Function overload(
      List<CodeSource.Function> functions, String name, String key) {
    for (CodeSource.Function each : functions) {
      if (each.key().equals(key)) {
        return each;
      }
    }
    throw new RayException(
        functions.isEmpty()
            ? "`" + name + "` is not a remote function any more; define it again with @Remote"
            : "`"
                + name
                + "` has no remote overload for ("
                + key
                + ") any more; there are "
                + functions.stream().map(each -> "(" + each.key() + ")").toList());
  }

  private static TaskOptions options(TaskOptions defaults, UnaryOperator<TaskOptions> change) {
    return change == null ? defaults : change.apply(defaults);
  }

  private List<ShippedCall.Arg> args(String function, Object[] args, Needs needs) {
    ShippedCall.Arg[] shipped = new ShippedCall.Arg[args.length];
    for (int i = 0; i < args.length; i++) {
      if (args[i] instanceof ObjectRef<?> ref) {
        shipped[i] = new ShippedCall.Arg.Ref(ref);
        continue;
      }
      try {
        shipped[i] = new ShippedCall.Arg.Value(needs.encode(args[i]));
      } catch (UnshippableException e) {
        throw new RayException(
            String.format("cannot ship argument %d of `%s`: %s", i + 1, function, e.reason()));
      }
    }
    return List.of(shipped);
  }

  /** What the values of one call need; in a task values say themselves where their code is. */
  private final class Needs {
    private final boolean collects;
    private Roots roots = Roots.NONE;

    Needs(boolean collects) {
      this.collects = collects;
    }

    EncodedValue encode(Object value) {
      return encodeGraph(codec.graph(value));
    }

    EncodedValue encodeGraph(ValueCodec.Graph graph) {
      if (!collects) {
        return codec.withCode(graph);
      }
      if (!graph.seen().isEmpty()) {
        roots = roots.and(Roots.of(graph.seen()));
      }
      return graph.value();
    }
  }
}
