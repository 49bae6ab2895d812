package org.rayshell.kernel.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * The shells of a session: the main one, which is always there, and those that front ends create
 * and delete. Each handles its requests in order on a thread of its own. Thread-safe.
 */
final class Subshells {
  // A front end that creates without end is told so, long before threads run out.
  private static final int MOST = 256;

  private final BiConsumer<RequestLoop, Incoming> handler;
  private final RequestLoop main;
  // Guarded by this: nothing is added to a shell that has been told to end.
  private final Map<String, RequestLoop> shells = new LinkedHashMap<>();

  Subshells(BiConsumer<RequestLoop, Incoming> handler) {
    this.handler = handler;
    this.main = new RequestLoop("kernel-execution", handler);
  }

  void start() {
    main.start();
  }

  /** Hands the request to the shell that its header names; false if there is none. */
  synchronized boolean add(Incoming incoming) {
    String id = incoming.message().header().subshell();
    RequestLoop shell = id == null ? main : shells.get(id);
    if (shell == null) {
      return false;
    }
    shell.add(incoming);
    return true;
  }

  /**
   * A new subshell's id.
   *
   * @throws IllegalStateException if there are too many
   */
  synchronized String create() {
    if (shells.size() >= MOST) {
      throw new IllegalStateException(
          "the kernel has " + MOST + " subshells already; delete one by delete_subshell_request");
    }
    String id = UUID.randomUUID().toString();
    RequestLoop shell = new RequestLoop("kernel-subshell-" + id.substring(0, 8), handler);
    shells.put(id, shell);
    shell.start();
    return id;
  }

  /**
   * Deletes a subshell. What it runs goes on to its end and is answered; what waits there is
   * answered with an error.
   */
  synchronized void delete(String id) throws UnknownSubshellException {
    RequestLoop shell = shells.remove(id);
    if (shell == null) {
      throw new UnknownSubshellException(id);
    }
    shell.end();
  }

  /** Ids in the order of creation. */
  synchronized List<String> ids() {
    return List.copyOf(shells.keySet());
  }

  /** Refuses the id of a subshell that is not there, or not any more; null is the main shell. */
  synchronized void require(String id) throws UnknownSubshellException {
    if (id != null && !shells.containsKey(id)) {
      throw new UnknownSubshellException(id);
    }
  }
}
