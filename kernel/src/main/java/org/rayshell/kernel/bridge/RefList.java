package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rayshell.ObjectRef;
import org.rayshell.WaitResult;

/**
 * A value that is made of refs; immutable.
 *
 * @param refs all of them
 * @param keys what each is called: its index or the key of a map
 * @param single whether the value is one ref by itself
 * @param text the value as plain text
 */
record RefList(List<ObjectRef<?>> refs, List<String> keys, boolean single, String text) {
  private static final int ALL_SHOWN = 100;
  private static final int SHOWN_OF_MORE = 50;
  private static final int ONE_LINE = 2;

  /** Empty if the value is not made of refs alone. */
  static Optional<RefList> of(Object value) {
    return switch (value) {
      case ObjectRef<?> ref ->
          Optional.of(new RefList(List.of(ref), List.of("0"), true, ref.toString()));
      case WaitResult<?>(List<? extends ObjectRef<?>> ready, List<? extends ObjectRef<?>> unready)
          when !ready.isEmpty() || !unready.isEmpty() ->
          Optional.of(ofWait(ready, unready));
      case Map<?, ?> map -> ofMap(map);
      case Collection<?> collection -> ofList(collection);
      case Object[] array -> ofList(Arrays.asList(array));
      case null, default -> Optional.empty();
    };
  }

  private static Optional<RefList> ofList(Collection<?> values) {
    List<ObjectRef<?>> refs = refs(values);
    if (refs.isEmpty()) {
      return Optional.empty();
    }
    List<String> keys = new ArrayList<>(refs.size());
    for (int i = 0; i < refs.size(); i++) {
      keys.add(String.valueOf(i));
    }
    return Optional.of(
        new RefList(
            refs, keys, false, text(refs.stream().map(String::valueOf).toList(), '[', ']')));
  }

  private static Optional<RefList> ofMap(Map<?, ?> map) {
    List<ObjectRef<?>> refs = refs(map.values());
    if (refs.isEmpty()) {
      return Optional.empty();
    }
    List<String> keys = map.keySet().stream().map(String::valueOf).toList();
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < refs.size(); i++) {
      entries.add(keys.get(i) + "=" + refs.get(i));
    }
    return Optional.of(new RefList(refs, keys, false, text(entries, '{', '}')));
  }

  private static RefList ofWait(
      List<? extends ObjectRef<?>> ready, List<? extends ObjectRef<?>> unready) {
    List<ObjectRef<?>> refs = new ArrayList<>(ready);
    refs.addAll(unready);
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < refs.size(); i++) {
      keys.add(i < ready.size() ? "ready " + i : "unready " + (i - ready.size()));
    }
    String text =
        "WaitResult[ready="
            + text(ready.stream().map(String::valueOf).toList(), '[', ']')
            + ", unready="
            + text(unready.stream().map(String::valueOf).toList(), '[', ']')
            + "]";
    return new RefList(refs, keys, false, text);
  }

  /** The values if all of them are refs, otherwise none. */
  private static List<ObjectRef<?>> refs(Collection<?> values) {
    List<ObjectRef<?>> refs = new ArrayList<>();
    for (Object each : values) {
      if (!(each instanceof ObjectRef<?> ref)) {
        return List.of();
      }
      refs.add(ref);
    }
    return refs;
  }

  /** One line of two, then one a line; of very many the first only. */
  private static String text(List<String> parts, char open, char close) {
    String separator = parts.size() <= ONE_LINE ? ", " : ",\n ";
    if (parts.size() <= ALL_SHOWN) {
      return parts.stream().collect(Collectors.joining(separator, "" + open, "" + close));
    }
    return parts.stream()
        .limit(SHOWN_OF_MORE)
        .collect(
            Collectors.joining(
                separator,
                "" + open,
                separator + "... " + (parts.size() - SHOWN_OF_MORE) + " more" + close));
  }
}
