package org.rayshell.kernel.eval;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ways to call a remote function, and what each gives for what the function returns. */
enum RemoteKind {
  /** One ref of what is returned. */
  ONE("remote", "call", "org.rayshell.ObjectRef<%s>"),
  /** A ref of each element of an array or a list. */
  MANY("remoteMany", "callMany", "java.util.List<org.rayshell.ObjectRef<%s>>"),
  /** A ref of each element of a stream, as it is made. */
  STREAM("remoteStream", "callStream", "org.rayshell.ObjectRefGenerator<%s>");

  private static final Pattern GENERIC =
      Pattern.compile("(?s)(?:\\w+\\s*\\.\\s*)*(\\w+)\\s*(?:<(.*)>)?\\s*");
  private static final Pattern ARRAY = Pattern.compile("(?s)(.*\\S)\\s*\\[\\s*]\\s*");
  private static final Pattern WILDCARD = Pattern.compile("(?s)\\s*\\?\\s*(?:extends\\s+(.*))?");

  private static final List<String> COLLECTIONS =
      List.of("List", "ArrayList", "LinkedList", "Collection", "SequencedCollection");

  private static final List<String> SEQUENCES = List.of("Stream", "Iterator", "Iterable");

  private static final Map<String, String> STREAMS =
      Map.of("IntStream", "Integer", "LongStream", "Long", "DoubleStream", "Double");

  /** The method that people call. */
  final String method;

  /** The one of {@code RemoteCalls} that does it. */
  final String call;

  private final String type;

  RemoteKind(String method, String call, String type) {
    this.method = method;
    this.call = call;
    this.type = type;
  }

  /** What the call gives of a function with that return type; null if that makes no sense. */
  String type(String returned) {
    String element =
        switch (this) {
          case ONE -> Companion.boxed(returned);
          case MANY -> ofMany(returned);
          case STREAM -> ofStream(returned);
        };
    return element == null ? null : of(element);
  }

  /** What the call gives of elements of that type. */
  String of(String element) {
    return type.formatted(element);
  }

  private static String ofMany(String returned) {
    Matcher array = ARRAY.matcher(returned);
    if (array.matches()) {
      return Companion.boxed(array.group(1));
    }
    return returned.equals("Object") ? "Object" : argument(returned, COLLECTIONS);
  }

  private static String ofStream(String returned) {
    Matcher generic = GENERIC.matcher(returned);
    if (generic.matches() && STREAMS.containsKey(generic.group(1))) {
      return STREAMS.get(generic.group(1));
    }
    return argument(returned, SEQUENCES);
  }

  /** The type argument of a type that is one of those; null if it is none. */
  private static String argument(String type, List<String> names) {
    Matcher generic = GENERIC.matcher(type);
    if (!generic.matches() || !names.contains(generic.group(1))) {
      return null;
    }
    if (generic.group(2) == null) {
      return "Object";
    }
    Matcher wildcard = WILDCARD.matcher(generic.group(2));
    if (wildcard.matches()) {
      return wildcard.group(1) == null ? "Object" : wildcard.group(1);
    }
    return generic.group(2).contains("? super") ? "Object" : generic.group(2);
  }
}
