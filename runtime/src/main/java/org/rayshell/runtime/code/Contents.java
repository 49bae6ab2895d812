package org.rayshell.runtime.code;

import java.util.List;
import java.util.TreeMap;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.store.ValueCodec;

/**
 * What an {@link Export} says.
 *
 * @param classes class files by internal name
 * @param captured the variables that the code reads
 * @param values what is in them, as one encoded array; null if each call brings them along
 * @param functions the remote functions that it calls, by name
 * @param classPath jars and folders, as paths
 */
record Contents(
    TreeMap<String, byte[]> classes,
    List<Member> captured,
    byte[] values,
    TreeMap<String, List<CodeSource.Function>> functions,
    List<String> classPath) {

  /** Nothing but the class path of the worker. */
  static final Contents NONE =
      new Contents(new TreeMap<>(), List.of(), null, new TreeMap<>(), List.of());

  boolean isEmpty() {
    return classes.isEmpty() && classPath.isEmpty();
  }

  Export export(ValueCodec codec) {
    if (isEmpty()) {
      return Export.CLASS_PATH;
    }
    return Export.of(codec.graph(this).bytes());
  }

  static Contents of(Export export, ValueCodec codec) {
    if (export.hash().isEmpty()) {
      return NONE;
    }
    return (Contents)
        codec.decode(new EncodedValue(export.bytes()), Contents.class.getClassLoader());
  }

  /** The same with the values of the captured variables in it. */
  Contents with(byte[] newValues) {
    return new Contents(classes, captured, newValues, functions, classPath);
  }
}
