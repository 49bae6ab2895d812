package org.rayshell.kernel.testkit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.rayshell.kernel.wire.Message;

/**
 * What must hold between the messages that a kernel sends: ids are unique, a request has one reply
 * at most, of its own type, and exactly one busy before one idle. For one thread.
 */
final class Conversation {
  // What threads print when their cell has ended still is the cell's.
  private static final Set<String> ONLY_WITHIN =
      Set.of("execute_input", "execute_result", "error", "shutdown_reply");

  private final Set<String> ids = new HashSet<>();
  private final Set<String> answered = new HashSet<>();
  private final Map<String, String> states = new HashMap<>();

  /** A message that came to this client alone. */
  void sent(Message message) {
    unique(message);
    if (!message.header().type().endsWith("_reply")) {
      return;
    }
    String parent = TestClient.parent(message);
    require(!parent.isEmpty(), message, "a reply has a parent");
    require(answered.add(parent), message, "a request has one reply");
    String asked = message.parent().get("msg_type").getAsString();
    require(
        asked.replaceFirst("_request$", "_reply").equals(message.header().type()),
        message,
        "a reply is of the type of its request");
  }

  /** A message that came to all. */
  void published(Message message) {
    unique(message);
    String parent = TestClient.parent(message);
    String type = message.header().type();
    if (type.equals("status") && !parent.isEmpty()) {
      String state = message.content().get("execution_state").getAsString();
      String before = states.put(parent, state);
      // The busy of a request may be from before this client listened.
      boolean right = state.equals("busy") ? before == null : !"idle".equals(before);
      require(right, message, "one busy, then one idle");
    }
    if (ONLY_WITHIN.contains(type)) {
      require(!"idle".equals(states.get(parent)), message, "a cell ends before its idle");
    }
  }

  private void unique(Message message) {
    require(ids.add(message.header().id()), message, "each message has an id of its own");
  }

  private static void require(boolean right, Message message, String rule) {
    if (!right) {
      throw new AssertionError("the rule «" + rule + "» is broken by " + message);
    }
  }
}
