package org.rayshell.runtime.code;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rayshell.ObjectRef;
import org.rayshell.RayException;
import org.rayshell.runtime.store.EncodedValue;
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
  private Packed packed;
  private byte[] lastValues;
  private boolean lastInline;

  /**
   * The code as it travels with one call.
   *
   * @param refs those in the captured variables, wherever these travel
   */
  record Loaded(Packed packed, List<ObjectRef<?>> refs) {
    Export export() {
      return packed.export;
    }

    /** The variables that the call brings along; null if there are none to bring. */
    byte[] values() {
      return packed.values;
    }

    /** The target of a call of the function that all calls of this shipment are of. */
    EncodedValue target(Member function) {
      EncodedValue target = packed.target(function);
      return refs.isEmpty() ? target : new EncodedValue(target.bytes(), refs);
    }
  }

  /** What calls have in common; without the refs, which it would keep. Thread-safe. */
  static final class Packed {
    private final Export export;
    private final byte[] values;
    private volatile EncodedValue target;

    private Packed(Export export, byte[] values) {
      this.export = export;
      this.values = values;
    }

    private EncodedValue target(Member function) {
      EncodedValue made = target;
      if (made == null) {
        made = new EncodedValue(new Target.Function(function, values).encode());
        target = made;
      }
      return made;
    }
  }

  /** An export with the values of variables in it, and the refs in those. */
  record Whole(Export export, List<ObjectRef<?>> refs) {}

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
        return keep(null, List.of());
      }
      ValueCodec.Graph graph = snapshot();
      Roots found = Roots.of(graph.seen());
      if (roots.containsAll(found)) {
        return keep(graph.bytes(), graph.refs());
      }
      renew(roots.and(found));
    }
  }

  /** As {@link #load}, with the values in the export however small they are. */
  synchronized Whole whole(Roots more) {
    Loaded now = load(more);
    Export export =
        now.values() == null ? now.export() : code.contents().with(now.values()).export(codec);
    return new Whole(export, now.refs());
  }

  private Loaded keep(byte[] values, List<ObjectRef<?>> refs) {
    boolean inline = values == null || values.length <= Target.MOST_INLINE_BYTES;
    if (packed == null || !Arrays.equals(values, lastValues)) {
      Export export =
          packed != null && inline && lastInline
              ? packed.export
              : (inline ? code.contents() : code.contents().with(values)).export(codec);
      packed = new Packed(export, inline ? values : null);
      lastValues = values;
      lastInline = inline;
    }
    return new Loaded(packed, refs);
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
    packed = null;
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
