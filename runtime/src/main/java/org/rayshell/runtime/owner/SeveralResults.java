package org.rayshell.runtime.owner;

import java.util.List;

/**
 * What a task makes that makes more than one object, or one after the other. Belongs to the loop
 * once the task is submitted.
 *
 * @param results all of them; of a stream the one that tells its end
 * @param items the objects of a stream; null if it is none
 * @param returned those that this try has returned; null of a stream
 */
record SeveralResults(List<ObjectState> results, ItemStream items, Returned returned) {
  /** Of a task that returns them all at its end. */
  SeveralResults(List<ObjectState> results) {
    this(results, null, new Returned(results.size()));
  }

  /** Of a task that makes one after the other. */
  SeveralResults(ItemStream items) {
    this(List.of(items.whole()), items, null);
  }

  int count() {
    return results.size();
  }
}
