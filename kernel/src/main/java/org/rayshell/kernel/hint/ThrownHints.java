package org.rayshell.kernel.hint;

import java.util.ConcurrentModificationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be done about an exception, where that does not say it itself. */
public final class ThrownHints {
  /** What the JVM says of two classes of one name. */
  private static final Pattern FORMER_CLASS =
      Pattern.compile("class (\\S+) cannot be cast to class \\1 \\(.*");

  private ThrownHints() {}

  /**
   * A sentence, or an empty text.
   *
   * @param message of the exception, as cells name their classes
   */
  public static String of(Throwable thrown, String message) {
    return switch (thrown) {
      case StackOverflowError _ ->
          "A recursion does not end, or is too deep for the thread's stack.";
      case OutOfMemoryError _ when message.equals("Java heap space") ->
          "The heap of "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MB is full. Set variables to null that hold much, or start the kernel with more:"
              + " JDK_JAVA_OPTIONS=-Xmx4g in its environment.";
      case ClassCastException _ -> ofCast(message);
      case UnsupportedClassVersionError _ when message.contains("preview") ->
          "It uses preview features, and this process does not: JDK_JAVA_OPTIONS=--enable-preview"
              + " in the kernel's environment allows them.";
      case UnsupportedClassVersionError _ -> sentence(ClassVersions.NEWER);
      case NoClassDefFoundError _ when !message.startsWith("Could not initialize") ->
          ofClass(message);
      case ClassNotFoundException _ -> ofClass(message);
      case ConcurrentModificationException _ ->
          "The collection was changed while something walked over it: removeIf, an iterator's"
              + " remove, or a copy to walk over do not mind.";
      case UnsupportedOperationException _ when isOfFixed(thrown) ->
          "List.of, Stream.toList and the like make collections that never change: new"
              + " ArrayList<>(…) copies one into a list that may.";
      default -> "";
    };
  }

  private static String ofCast(String message) {
    Matcher former = FORMER_CLASS.matcher(message);
    return former.matches()
        ? "The object is of an earlier definition of "
            + former.group(1)
            + ": make it again, by the class as it is now."
        : "";
  }

  private static String ofClass(String message) {
    String name = message.replace('/', '.').strip();
    return name.matches("[\\w.$]+")
        ? "No jar on the class path has "
            + name
            + ": %maven GROUP:ARTIFACT:VERSION adds a library with all it needs."
        : "";
  }

  private static boolean isOfFixed(Throwable thrown) {
    StackTraceElement[] frames = thrown.getStackTrace();
    return frames.length > 0
        && frames[0].getClassName().startsWith("java.util.ImmutableCollections");
  }

  private static String sentence(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
  }
}
