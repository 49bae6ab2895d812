package org.rayshell.kernel.magic;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code %env}: the environment of this process, and of those that it starts. */
final class EnvMagic implements Magic {
  @Override
  public String name() {
    return "env";
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE);
  }

  @Override
  public String usage() {
    return "%env [NAME|NAME=VALUE]";
  }

  @Override
  public String summary() {
    return "the environment variables, or one of them; sets one for System.getenv, for scripts and"
        + " for workers that start later";
  }

  @Override
  public List<String> words(List<String> before) {
    return before.isEmpty() ? System.getenv().keySet().stream().sorted().toList() : List.of();
  }

  @Override
  public MagicResult run(MagicCall call) throws MagicException {
    String asked = call.raw();
    int equals = asked.indexOf('=');
    if (asked.isEmpty()) {
      new TreeMap<>(System.getenv()).forEach((name, value) -> call.println(name + "=" + value));
    } else if (equals >= 0) {
      String name = asked.substring(0, equals).strip();
      String value = value(asked.substring(equals + 1).strip());
      set(name, value);
      call.println(name + "=" + value);
    } else if (call.words().size() == 2) {
      set(call.words().getFirst(), call.words().getLast());
      call.println(call.words().getFirst() + "=" + call.words().getLast());
    } else {
      String value = System.getenv(asked);
      if (value == null) {
        throw new MagicException(
            "there is no environment variable " + asked + "; %env " + asked + "=VALUE sets it");
      }
      call.println(value);
    }
    return MagicResult.done();
  }

  /** The value without the quotes around it. */
  private static String value(String written) {
    List<String> words = Words.split(written);
    boolean quoted = written.matches("(?s)\"[^\"]*\"|'[^']*'");
    return quoted ? words.getFirst() : written;
  }

  private static void set(String name, String value) throws MagicException {
    if (name.isEmpty() || name.indexOf('\0') >= 0 || value.indexOf('\0') >= 0) {
      throw new MagicException("no environment variable can be called so: " + name);
    }
    Map<String, String> ofJava = environment();
    if (!NativeProcess.setEnvironment(name, value)) {
      throw new MagicException("the environment variable " + name + " cannot be set");
    }
    ofJava.put(name, value);
  }

  /**
   * The map below what {@link System#getenv()} gives, a copy of the environment that was made as
   * the JVM started. The JDK has no way to change it.
   */
  @SuppressWarnings("unchecked")
  private static Map<String, String> environment() throws MagicException {
    Map<String, String> view = System.getenv();
    try {
      var map = view.getClass().getDeclaredField("m");
      map.setAccessible(true);
      return (Map<String, String>) map.get(view);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new MagicException(
          "this JVM does not let its environment be changed: start the kernel with"
              + " --add-opens=java.base/java.util=ALL-UNNAMED, as its installer does",
          e);
    }
  }
}
