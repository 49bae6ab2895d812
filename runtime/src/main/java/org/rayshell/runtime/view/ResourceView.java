package org.rayshell.runtime.view;

import java.util.List;
import java.util.Map;
import org.rayshell.NodeInfo;

/** What a view asks of the scheduler; any thread may. */
public interface ResourceView {
  /** All there is, by name. */
  Map<String, Double> total();

  /** What is free, by name. */
  Map<String, Double> available();

  /** The workers, without what their tasks used. */
  List<WorkerInfo> workers();

  /** How many workers live. */
  int aliveWorkers();

  /** The machines of a cluster; empty if there is this one alone. */
  default List<NodeInfo> nodes() {
    return List.of();
  }
}
