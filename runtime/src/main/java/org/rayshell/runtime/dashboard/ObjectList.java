package org.rayshell.runtime.dashboard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.ObjectInfo;
import org.rayshell.runtime.view.ObjectPage;

/**
 * {@code /api/v1/objects}: the objects that the driver owns and somebody has refs of, the largest
 * first. Thread-safe.
 */
final class ObjectList {
  private static final int MOST = 2_000;

  private static final Map<String, Comparator<ObjectInfo>> ORDERS =
      Map.of(
          "size", Comparator.comparingLong(ObjectInfo::bytes),
          "since", Comparator.comparingLong(ObjectInfo::since),
          "references", Comparator.comparingInt(ObjectInfo::borrowers));

  private final ClusterView view;

  ObjectList(ClusterView view) {
    this.view = view;
  }

  Object answer(Query query) {
    String sort = query.given("sort");
    String wanted = sort == null ? "-size" : sort;
    boolean falling = wanted.startsWith("-");
    Comparator<ObjectInfo> order = ORDERS.get(falling ? wanted.substring(1) : wanted);
    if (order == null) {
      throw new Query.BadRequest(
          "objects are sorted by size, since or references, falling with a - before it: sort="
              + sort);
    }
    ObjectPage page = view.objects(MOST);
    List<ObjectInfo> objects = new ArrayList<>(page.objects());
    objects.sort(falling ? order.reversed() : order);
    return Page.of(
        "objects",
        objects,
        query,
        ObjectList::row,
        "storedBytes",
        view.storedBytes(),
        "dropped",
        page.dropped());
  }

  private static Object row(ObjectInfo object) {
    return Json.object(
        "id", object.objectId(),
        "kind", object.function() == null ? "put" : "result",
        "function", Words.cut(object.function(), TaskRow.LONGEST_NAME),
        "cell", Words.cut(object.cell(), TaskRow.LONGEST_NAME),
        "type", Words.cut(object.type(), TaskRow.LONGEST_NAME),
        "bytes", object.bytes(),
        "worker", object.workerPid() == 0 ? null : object.workerPid(),
        "references", object.borrowers() + 1,
        "since", Words.time(object.since()));
  }
}
