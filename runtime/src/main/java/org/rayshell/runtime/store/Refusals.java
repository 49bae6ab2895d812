package org.rayshell.runtime.store;

import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;

/** What cannot leave a process, and what to do instead. */
final class Refusals {
  private static final String OPEN_INSIDE = "open it inside the remote function";
  private static final String COLLECT = "collect it into a list first";
  private static final String BYTES = "send its bytes or its path";
  private static final String VALUE = "send what it holds";

  /** By name, since a program need not have the module java.sql; the first that fits is named. */
  private static final Map<String, String> REFUSED = new LinkedHashMap<>();

  static {
    REFUSED.put("java.lang.Thread", "start it inside the remote function");
    REFUSED.put("java.lang.ThreadGroup", "make it inside the remote function");
    REFUSED.put("java.lang.ThreadLocal", VALUE);
    REFUSED.put("java.lang.ClassLoader", "add jars with the class path of the session");
    REFUSED.put("java.lang.Module", "look it up inside the remote function");
    REFUSED.put("java.lang.Process", "start it inside the remote function");
    REFUSED.put("java.lang.ProcessHandle", "send its pid");
    REFUSED.put("java.lang.Runtime", "ask for it inside the remote function");
    REFUSED.put("java.lang.ref.Reference", VALUE);
    REFUSED.put("java.lang.ref.Cleaner", "make it inside the remote function");
    REFUSED.put("java.lang.invoke.MethodHandle", "send a lambda");
    REFUSED.put("java.lang.invoke.VarHandle", "look it up inside the remote function");
    REFUSED.put("java.lang.reflect.AccessibleObject", "look it up inside the remote function");
    REFUSED.put("java.lang.foreign.Arena", "make it inside the remote function");
    REFUSED.put("java.lang.foreign.MemorySegment", "send it by itself, or an array of its bytes");
    REFUSED.put("java.net.Socket", OPEN_INSIDE);
    REFUSED.put("java.net.ServerSocket", OPEN_INSIDE);
    REFUSED.put("java.net.DatagramSocket", OPEN_INSIDE);
    REFUSED.put("java.net.URLConnection", OPEN_INSIDE);
    REFUSED.put("java.net.http.HttpClient", "make it inside the remote function");
    REFUSED.put("java.nio.channels.FileChannel", OPEN_INSIDE);
    REFUSED.put("java.nio.channels.Channel", OPEN_INSIDE);
    REFUSED.put("java.nio.channels.Selector", OPEN_INSIDE);
    REFUSED.put("java.nio.file.FileSystem", "send paths as text");
    REFUSED.put("java.io.InputStream", BYTES);
    REFUSED.put("java.io.OutputStream", OPEN_INSIDE);
    REFUSED.put("java.io.Reader", BYTES);
    REFUSED.put("java.io.Writer", OPEN_INSIDE);
    REFUSED.put("java.io.RandomAccessFile", OPEN_INSIDE);
    REFUSED.put("java.io.Console", "read from it before the call");
    REFUSED.put("java.sql.Connection", OPEN_INSIDE);
    REFUSED.put("java.sql.Statement", OPEN_INSIDE);
    REFUSED.put("java.sql.ResultSet", "read it into a list first");
    REFUSED.put("java.util.Scanner", BYTES);
    REFUSED.put("java.util.Timer", "make it inside the remote function");
    REFUSED.put("java.util.stream.Stream", COLLECT);
    REFUSED.put("java.util.stream.IntStream", COLLECT);
    REFUSED.put("java.util.stream.LongStream", COLLECT);
    REFUSED.put("java.util.stream.DoubleStream", COLLECT);
    REFUSED.put("org.rayshell.ObjectRefGenerator", "send the refs that it gives");
    REFUSED.put("java.util.concurrent.ExecutorService", "make it inside the remote function");
    REFUSED.put("java.util.concurrent.Executor", "make it inside the remote function");
    REFUSED.put("java.util.concurrent.CompletableFuture", "call get() and send the value");
    REFUSED.put("java.util.concurrent.FutureTask", "call get() and send the value");
    REFUSED.put("java.util.concurrent.CountDownLatch", "return a value and use Ray.get to wait");
    REFUSED.put("java.util.concurrent.CyclicBarrier", "return a value and use Ray.get to wait");
  }

  private Refusals() {}

  /** The refusal of a class or of what it extends; null if it is not refused. */
  static Plan.Refused of(Class<?> type) {
    for (Map.Entry<String, String> refused : REFUSED.entrySet()) {
      if (isA(type, refused.getKey())) {
        return new Plan.Refused(named(type, refused.getKey()), refused.getValue());
      }
    }
    if (Plans.isPlatform(type)
        && (java.util.Iterator.class.isAssignableFrom(type)
            || java.util.Spliterator.class.isAssignableFrom(type))) {
      return new Plan.Refused("java.util.Iterator", COLLECT);
    }
    return null;
  }

  /** The refusal of a class of the JDK that nobody knows how to write. */
  static Plan.Refused unknown(Class<?> type) {
    return new Plan.Refused(
        type.getTypeName(), "it is not serializable: make it inside the remote function");
  }

  /** The refusal of a lambda that was compiled without a way to write it. */
  static Plan.Refused lambda(Class<?> type) {
    return new Plan.Refused(
        "lambda of " + maker(type),
        "it is not serializable: declare its type as, say, (Runnable & Serializable), or write it"
            + " in a cell");
  }

  /** The refusal of a lambda that the JDK made, as {@code Function.andThen} does. */
  static Plan.Refused platformLambda(Class<?> type) {
    return new Plan.Refused(
        "lambda of " + maker(type),
        "it is not serializable: write it out as a lambda of your own, x -> …");
  }

  private static String maker(Class<?> lambda) {
    return lambda.getName().substring(0, lambda.getName().indexOf("$$Lambda"));
  }

  /** The refusal of a class whose fields or constructor reflection may not touch. */
  static UnshippableException closed(Class<?> type, Exception cause) {
    UnshippableException refused =
        new UnshippableException(
            type.getTypeName(),
            "its fields are closed to us: make it Serializable, or start Java with --add-opens for"
                + " its package");
    refused.initCause(cause);
    return refused;
  }

  /** The class itself if people know it, else what it is to them. */
  private static String named(Class<?> type, String refused) {
    if (type.getName().startsWith("java.") && Modifier.isPublic(type.getModifiers())) {
      return type.getTypeName();
    }
    return Plans.isPlatform(type) || type.isAnonymousClass() || !isSubclass(type, refused)
        ? refused
        : type.getSimpleName() + ", a " + refused;
  }

  private static boolean isSubclass(Class<?> type, String name) {
    for (Class<?> level = type; level != null; level = level.getSuperclass()) {
      if (level.getName().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isA(Class<?> type, String name) {
    if (type == null) {
      return false;
    }
    if (type.getName().equals(name) || isA(type.getSuperclass(), name)) {
      return true;
    }
    for (Class<?> parent : type.getInterfaces()) {
      if (isA(parent, name)) {
        return true;
      }
    }
    return false;
  }
}
