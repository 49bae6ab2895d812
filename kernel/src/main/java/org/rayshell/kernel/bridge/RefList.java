package org.rayshell.kernel.bridge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rayshell.ObjectRef;
import org.rayshell.WaitResult;

/**
 * A value that is made of refs; immutable.
 *
 * @param name what it is called if it is shown in one line
 * @param refs all of them
 * @param keyName the heading of the keys: {@code #} of indices
 * @param keys what each is called: its index, the key of a map, or the way to it
 * @param single whether the value is one ref by itself
 * @param text the value as plain text
 */
record RefList(
    String name,
    List<ObjectRef<?>> refs,
    String keyName,
    List<String> keys,
    boolean single,
    String text) {
  private static final int ID_BYTES = 10;

  /** One ref, shown in one line. */
  static RefList single(String name, ObjectRef<?> ref, String text) {
    return new RefList(name, List.of(ref), "", List.of("0"), true, text);
  }

  /** Empty if the value is not made of refs alone: of other things, or of nothing. */
  static Optional<RefList> of(Object value) {
    return switch (value) {
      case ObjectRef<?> ref -> Optional.of(single("ObjectRef", ref, ref.toString()));
      case WaitResult<?>(List<? extends ObjectRef<?>> ready, List<? extends ObjectRef<?>> unready)
          when !ready.isEmpty() || !unready.isEmpty() ->
          Optional.of(ofWait(ready, unready));
      case null -> Optional.empty();
      default -> RefWalk.of(value).map(walk -> of(walk, value instanceof Map ? "key" : "#"));
    };
  }

  private static RefList of(RefWalk walk, String keyName) {
    return new RefList("", walk.refs(), keyName, walk.keys(), false, walk.text());
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
            + RefWalk.text(ready)
            // Each list by itself where they are long.
            + (refs.size() > 2 ? ",\n unready=" : ", unready=")
            + RefWalk.text(unready)
            + "]";
    return new RefList("", refs, "", keys, false, text);
  }

  /** Whether the keys are numbers. */
  boolean isNumbered() {
    return keyName.equals("#");
  }

  /** The same for the same refs under the same names, in this session of the kernel or another. */
  String displayId() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((name + "\n" + keyName).getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < refs.size(); i++) {
        digest.update(("\n" + refs.get(i).id()).getBytes(StandardCharsets.UTF_8));
        if (!isNumbered()) {
          digest.update(keys.get(i).getBytes(StandardCharsets.UTF_8));
        }
      }
      return "ray-" + HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
