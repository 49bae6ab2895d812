package org.rayshell.runtime.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.channels.SocketChannel;
import java.util.Hashtable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RefusalTest {
  private static String refusal(Object value) {
    return assertThrows(UnshippableException.class, () -> Codecs.codec().encode(value))
        .getMessage();
  }

  private static void assertRefused(String type, Object value) {
    String message = refusal(value);
    assertTrue(message.startsWith("cannot send a value: it is a " + type + "; "), message);
  }

  /** As a JDBC driver's would be. */
  static class Holder {
    Object conn;
    List<Object> more = List.of();

    Holder(Object conn) {
      this.conn = conn;
    }
  }

  static class Pump extends Thread {}

  record Pair(Object left, Object right) {}

  @Test
  void whatBelongsToThisProcessIsRefused() throws Exception {
    assertRefused("java.lang.Thread", new Thread());
    assertRefused("Pump, a java.lang.Thread", new Pump());
    assertRefused("java.lang.ThreadLocal", new ThreadLocal<>());
    assertRefused("java.lang.ClassLoader", RefusalTest.class.getClassLoader());
    assertRefused("java.lang.ProcessHandle", ProcessHandle.current());
    assertRefused("java.lang.ref.WeakReference", new WeakReference<>("x"));
    assertRefused("java.lang.invoke.MethodHandle", MethodHandles.identity(int.class));
    assertRefused("java.lang.reflect.Method", Object.class.getMethods()[0]);
    try (ServerSocket server = new ServerSocket();
        Socket socket = new Socket();
        SocketChannel channel = SocketChannel.open();
        HttpClient client = HttpClient.newHttpClient();
        Scanner scanner = new Scanner("x");
        Reader reader = new StringReader("x");
        ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      assertRefused("java.net.ServerSocket", server);
      assertRefused("java.net.Socket", socket);
      assertRefused("java.nio.channels.Channel", channel);
      assertRefused("java.net.http.HttpClient", client);
      assertRefused("java.util.Scanner", scanner);
      assertRefused("java.io.StringReader", reader);
      assertRefused("java.util.concurrent.ExecutorService", pool);
    }
    assertRefused("java.io.ByteArrayInputStream", new ByteArrayInputStream(new byte[0]));
    assertRefused("java.io.PrintStream", new PrintStream(System.out));
    assertRefused("java.util.stream.Stream", Stream.of(1));
    assertRefused("java.util.Iterator", List.of(1).iterator());
    assertRefused("java.util.concurrent.CompletableFuture", new CompletableFuture<>());
  }

  @Test
  void theWayToTheCulpritIsNamed() {
    assertEquals(
        "cannot send a value: Holder.conn is a java.lang.Thread; start it inside the remote"
            + " function",
        refusal(new Holder(new Thread())));
    Holder deep = new Holder(null);
    deep.more = List.of(1, new Pair(2, Map.of("k", new Object[] {0, new Thread()})));
    assertTrue(
        refusal(deep).contains("Holder.more[1].right[\"k\"][1] is a java.lang.Thread"),
        refusal(deep));
    assertTrue(
        refusal(new TreeMap<>(Map.of(7, new Thread()))).contains("value[7] is a java.lang.Thread"));
    Hashtable<String, Object> table = new Hashtable<>(Map.of("k", new Holder(new Thread())));
    assertTrue(refusal(table).contains(".conn is a java.lang.Thread"), refusal(table));
  }

  @Test
  void lambdasThatAreNotSerializableSaySo() {
    Supplier<Integer> lambda = () -> 1;
    assertTrue(refusal(lambda).contains("(Runnable & Serializable)"), refusal(lambda));
  }

  @Test
  void lambdasThatTheJdkMakesSaySo() {
    Function<Integer, Integer> twice = Function.<Integer>identity().andThen(x -> x);
    assertRefused("lambda of java.util.function.Function", twice);
  }

  @Test
  void iteratorsOfUsersAreTheirOwn() {
    class Count implements Iterator<Integer> {
      int n;

      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Integer next() {
        return n++;
      }
    }
    Count count = new Count();
    count.next();
    assertEquals(1, Codecs.travel(count).next());
  }
}
