package org.rayshell.cluster.state;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What of each node is in use, from {@code /api/cluster_status}. The dashboard writes that answer's
 * keys in camel case, resources' names among them, so a name is looked up as it would write it; two
 * names that differ in nothing else, {@code my_disk} and {@code myDisk}, cannot be told apart.
 */
record Usage(Json byNode) {
  static Usage of(Json status) {
    return new Usage(
        status.object("clusterStatus").object("loadMetricsReport").object("usageByNode"));
  }

  /** What a node has, with what of it is in use. */
  Map<String, ClusterResource> of(String nodeId, Json totals) {
    Json usage = byNode.object(nodeId);
    Map<String, ClusterResource> resources = new LinkedHashMap<>();
    for (String name : totals.names()) {
      OptionalDouble used = usage.item(camelCase(name), 0);
      resources.put(name, new ClusterResource(totals.amount(name), used));
    }
    return resources;
  }

  /** Each part after the first in title case, as Python has it: words are runs of letters. */
  static String camelCase(String name) {
    String[] parts = name.split("_", -1);
    StringBuilder written = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      boolean inWord = false;
      for (char letter : parts[i].toCharArray()) {
        written.append(inWord ? Character.toLowerCase(letter) : Character.toTitleCase(letter));
        inWord = Character.isLetter(letter);
      }
    }
    return written.toString();
  }
}
