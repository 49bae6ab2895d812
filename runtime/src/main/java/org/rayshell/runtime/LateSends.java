package org.rayshell.runtime;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.rayshell.runtime.wire.Backend;
import org.rayshell.runtime.wire.Message;

/**
 * Messages to processes that this one could not connect to, since it has no file descriptor left: a
 * task may have taken them all, and give them back in a moment. They are sent in their order when a
 * connection can be made. Belongs to the loop.
 */
final class LateSends {
  /** How often it is tried again, and after how long each time. */
  private static final int TRIES = 50;

  private static final long AGAIN_NS = 100_000_000L;

  private final Backend backend;
  private final BiPredicate<String, Message> send;
  private final Consumer<String> hopeless;
  private final Map<String, ArrayDeque<Message>> waiting = new HashMap<>();

  /**
   * Nothing waits.
   *
   * @param send sends a message; false if there is still no descriptor
   * @param hopeless is given the process that cannot be connected to after all
   */
  LateSends(Backend backend, BiPredicate<String, Message> send, Consumer<String> hopeless) {
    this.backend = backend;
    this.send = send;
    this.hopeless = hopeless;
  }

  /** Whether messages to that process wait, which others must not overtake. */
  boolean holds(String name) {
    return waiting.containsKey(name);
  }

  void add(String name, Message message) {
    ArrayDeque<Message> queue = waiting.get(name);
    if (queue == null) {
      queue = new ArrayDeque<>();
      waiting.put(name, queue);
      // Streams that a task has left open are closed when they are collected.
      System.gc();
      again(name, TRIES);
    }
    queue.add(message);
  }

  private void again(String name, int tries) {
    backend.schedule(AGAIN_NS, () -> tryAgain(name, tries));
  }

  private void tryAgain(String name, int tries) {
    ArrayDeque<Message> queue = waiting.get(name);
    while (queue != null && !queue.isEmpty() && send.test(name, queue.peek())) {
      queue.remove();
    }
    if (queue == null || queue.isEmpty()) {
      waiting.remove(name);
    } else if (tries > 0) {
      again(name, tries - 1);
    } else {
      waiting.remove(name);
      hopeless.accept(name);
    }
  }
}
