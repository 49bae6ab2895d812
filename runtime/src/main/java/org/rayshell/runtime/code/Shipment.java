package org.rayshell.runtime.code;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rayshell.RayException;
import org.rayshell.runtime.store.UnshippableException;
import org.rayshell.runtime.store.ValueCodec;

/**
 * The code that begins at given roots, kept from one call to the next: looked for again when what
 * it depends on was redefined, its variables looked at for each call. Thread-safe.
 */
final class Shipment {
  private final CodeSource source;
  private final ValueCodec codec;
  private Roots roots;
  private Code code;
  private Loaded loaded;
  private byte[] lastValues;
  private boolean lastInline;

  /** The code as it travels; immutable but for the target that it keeps. */
  static final class Loaded {
    private final Export export;
    private final byte[] values;
    private volatile byte[] target;

    private Loaded(Export export, byte[] values) {
      this.export = export;
      this.values = values;
    }

    Export export() {
      return export;
    }

    /** The variables that calls bring along; null if there are none to bring. */
    byte[] values() {
      return values;
    }

    /** The target of a call of the function that all calls of this shipment are of. */
    byte[] target(Member function) {
      byte[] made = target;
      if (made == null) {
        made = new Target.Function(function, values).encode();
        target = made;
      }
      return made;
    }
  }

  /** What the roots reach, without the values of variables. */
  private record Code(Contents contents, Map<Member, Member> reads, List<Field> variables) {}

  Shipment(CodeSource source, ValueCodec codec, Roots roots) {
    this.source = source;
    this.codec = codec;
    this.roots = roots;
  }

  /**
   * The code as it is now.
   *
   * @param more what else a call needs
   */
  synchronized Loaded load(Roots more) {
    boolean fresh = code != null && isCurrent() && roots.containsAll(more);
    if (!fresh) {
      renew(roots.and(more));
    }
    while (true) {
      if (code.variables().isEmpty()) {
        return keep(null);
      }
      ValueCodec.Graph graph = snapshot();
      Roots found = Roots.of(graph.seen());
      if (roots.containsAll(found)) {
        return keep(graph.bytes());
      }
      renew(roots.and(found));
    }
  }

  /** As {@link #load}, with the values in the export however small they are. */
  synchronized Export whole(Roots more) {
    Loaded now = load(more);
    return now.values() == null ? now.export() : code.contents().with(now.values()).export(codec);
  }

  private Loaded keep(byte[] values) {
    boolean inline = values == null || values.length <= Target.MOST_INLINE_BYTES;
    if (loaded == null || !Arrays.equals(values, lastValues)) {
      Export export =
          loaded != null && inline && lastInline
              ? loaded.export()
              : (inline ? code.contents() : code.contents().with(values)).export(codec);
      loaded = new Loaded(export, inline ? values : null);
      lastValues = values;
      lastInline = inline;
    }
    return loaded;
  }

  private ValueCodec.Graph snapshot() {
    Object[] values = code.variables().stream().map(Variables::get).toArray();
    try {
      return codec.graph(values);
    } catch (UnshippableException e) {
      throw culprit(values, e);
    }
  }

  private boolean isCurrent() {
    if (!classPath(source).equals(code.contents().classPath())) {
      return false;
    }
    for (var function : code.contents().functions().entrySet()) {
      if (!source.functions(function.getKey()).equals(function.getValue())) {
        return false;
      }
    }
    return true;
  }

  private void renew(Roots wanted) {
    Closure closure = new Closure(source);
    wanted.reach(closure, source);
    closure.complete();
    List<Member> captured = List.copyOf(closure.reads().keySet());
    Contents contents =
        new Contents(closure.classFiles(), captured, null, closure.functions(), classPath(source));
    List<Field> variables =
        captured.stream().map(each -> Variables.find(each, source.loader())).toList();
    code = new Code(contents, closure.reads(), variables);
    roots = wanted;
    loaded = null;
    lastValues = null;
  }

  static List<String> classPath(CodeSource source) {
    return source.addedClassPath().stream().map(Path::toAbsolutePath).map(Path::toString).toList();
  }

  /** Finds the variable that cannot travel, and says who reads it. */
  private RayException culprit(Object[] values, UnshippableException whole) {
    for (int i = 0; i < values.length; i++) {
      try {
        codec.graph(values[i]);
      } catch (UnshippableException e) {
        Member variable = code.contents().captured().get(i);
        Member reader = code.reads().get(variable);
        return new RayException(
            String.format(
                "cannot ship captured variable `%s` of type %s (%s), read by %s%s",
                variable.name(),
                Names.ofType(values[i].getClass(), source),
                source.describe(variable.owner()),
                Names.quoted(reader, source),
                e.path().isEmpty() ? "; " + e.problem() : ": " + e.reason()));
      }
    }
    return whole;
  }
}
