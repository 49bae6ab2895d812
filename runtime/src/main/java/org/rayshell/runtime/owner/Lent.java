package org.rayshell.runtime.owner;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.rayshell.runtime.ObjectId;

/**
 * Objects of this process that others have refs of, or may soon, and who: an object is kept as long
 * as a process is in its list. A process is put into the list before a ref is sent to it, once for
 * each time, and takes itself out by as many times as refs have come to it; so no ref that is under
 * way is ever without an entry. Belongs to the loop but for {@link #lend} and {@link #find}.
 */
final class Lent {
  /** Refs to a process, by the process that sends them. */
  private record Way(String via, String borrower) {}

  /** A borrower that has to be asked how many refs came to it by way of a process that died. */
  record Doubt(ObjectId id, String borrower) {}

  private static final class Entry {
    final WeakReference<ObjectState> known;

    /** Set while there are borrowers. */
    ObjectState kept;

    /** How many refs were sent that are not let go. */
    final Map<Way, Integer> sent = HashMap.newHashMap(2);

    Entry(ObjectState state) {
      known = new WeakReference<>(state);
    }
  }

  private final OwnerPort port;
  private final Map<ObjectId, Entry> entries = new ConcurrentHashMap<>();

  /** Names are not given twice, so that these stay dead. */
  private final Set<String> dead = new HashSet<>();

  private int kept;

  Lent(OwnerPort port) {
    this.port = port;
  }

  /** A ref of the object is about to be part of a value. Any thread. */
  void lend(ObjectState state) {
    ObjectId id = state.id();
    if (!entries.containsKey(id) && entries.putIfAbsent(id, new Entry(state)) == null) {
      port.whenCollected(state, () -> entries.remove(id));
    }
  }

  /** The object, if it is known here. Any thread. */
  ObjectState find(ObjectId id) {
    Entry entry = entries.get(id);
    return entry == null ? null : entry.known.get();
  }

  /** That process is about to send a ref to the borrower. */
  void sent(ObjectId id, String via, String borrower) {
    Entry entry = entries.get(id);
    ObjectState state = entry == null ? null : entry.known.get();
    if (state == null || dead.contains(borrower) || dead.contains(via)) {
      return;
    }
    if (entry.kept == null) {
      entry.kept = state;
      kept++;
    }
    entry.sent.merge(new Way(via, borrower), 1, Integer::sum);
  }

  /** The borrower has let so many refs go, or they were not sent after all. */
  void released(ObjectId id, String via, String borrower, int times) {
    Entry entry = entries.get(id);
    if (entry != null) {
      entry.sent.computeIfPresent(new Way(via, borrower), (_, n) -> n > times ? n - times : null);
      letGoIfUnused(entry);
    }
  }

  /** So many refs, and no more, have come to the borrower by way of a process that has died. */
  void counted(ObjectId id, String via, String borrower, int times) {
    Entry entry = entries.get(id);
    if (entry != null) {
      entry.sent.computeIfPresent(new Way(via, borrower), (_, _) -> times > 0 ? times : null);
      letGoIfUnused(entry);
    }
  }

  /**
   * A process has died: whatever it had refs of, it has no more.
   *
   * @return who may not have got what it was about to send
   */
  List<Doubt> died(String process) {
    dead.add(process);
    List<Doubt> doubts = new ArrayList<>();
    entries.forEach((id, entry) -> {
      entry.sent.keySet().removeIf(way -> way.borrower.equals(process));
      for (Way way : entry.sent.keySet()) {
        if (way.via.equals(process)) {
          doubts.add(new Doubt(id, way.borrower));
        }
      }
      letGoIfUnused(entry);
    });
    return doubts;
  }

  private void letGoIfUnused(Entry entry) {
    if (entry.sent.isEmpty() && entry.kept != null) {
      entry.kept = null;
      kept--;
    }
  }

  /** Whether that process has refs of anything, or has sent some. */
  boolean concerns(String process) {
    return entries.values().stream()
        .flatMap(entry -> entry.sent.keySet().stream())
        .anyMatch(way -> way.borrower.equals(process) || way.via.equals(process));
  }

  /** The processes that have refs of it. */
  Set<String> borrowers(ObjectId id) {
    Entry entry = entries.get(id);
    return entry == null
        ? Set.of()
        : entry.sent.keySet().stream().map(Way::borrower).collect(Collectors.toSet());
  }

  /** How many objects are kept for others. */
  int kept() {
    return kept;
  }

  void clear() {
    entries.clear();
    kept = 0;
  }
}
