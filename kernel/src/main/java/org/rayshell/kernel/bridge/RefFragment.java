package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;
import org.rayshell.kernel.display.Fragment;
import org.rayshell.kernel.session.MimeBundle;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.RefInfo;
import org.rayshell.runtime.view.TaskInfo;

/**
 * Refs as a table that follows their tasks. What is final is asked for once, and the others only
 * after something has changed.
 */
final class RefFragment implements Fragment {
  private static final int ASKED_ONE_BY_ONE = 200;

  /** A ref as it is shown. */
  record Row(int index, String key, String id, Shown shown, RefInfo info) {
    TaskInfo task() {
      return info.task().orElse(null);
    }

    /** Whether the other looks the same, apart from times. */
    boolean isLike(Row other) {
      TaskInfo mine = task();
      TaskInfo its = other.task();
      return shown == other.shown
          && (mine == null) == (its == null)
          && (mine == null
              || mine.attempt() == its.attempt() && mine.workerPid() == its.workerPid());
    }
  }

  private final RefList refs;
  private final ClusterView view;
  private final Row[] rows;
  private List<Row> current;
  private long seen;
  private long version;

  RefFragment(RefList refs, ClusterView view) {
    this.refs = refs;
    this.view = view;
    this.rows = new Row[refs.refs().size()];
  }

  @Override
  public String displayId() {
    return "ray-" + Integer.toHexString(refs.refs().hashCode()) + "-" + refs.refs().size();
  }

  @Override
  public boolean isFinal() {
    return !view.isRunning() || rows().stream().allMatch(row -> row.shown().isFinal());
  }

  @Override
  public long version() {
    rows();
    return version;
  }

  /** As they are now. */
  private List<Row> rows() {
    long now = view.version();
    // What another process owns arrives without a word to the view.
    if (current != null
        && now == seen
        && current.stream().noneMatch(row -> row.shown() == Shown.UNKNOWN)) {
      return current;
    }
    seen = now;
    Map<String, TaskInfo> tasks = new HashMap<>();
    if (rows.length > ASKED_ONE_BY_ONE) {
      view.tasks().forEach(task -> tasks.put(task.objectId(), task));
    }
    List<Row> all = new ArrayList<>(rows.length);
    for (int i = 0; i < rows.length; i++) {
      Row before = rows[i];
      if (before == null || !before.shown().isFinal()) {
        rows[i] = row(i, tasks);
        version += before == null || !rows[i].isLike(before) ? 1 : 0;
      }
      all.add(rows[i]);
    }
    current = all;
    return all;
  }

  private Row row(int index, Map<String, TaskInfo> tasks) {
    ObjectRef<?> ref = refs.refs().get(index);
    String id = ref.id();
    TaskInfo task = tasks.get(id);
    // Of many refs those in the queue are told by the list of tasks: no look at each.
    RefInfo info =
        task != null && !task.state().isTerminal()
            ? new RefInfo(id, java.util.Optional.of(task), false, 0, null)
            : view.ref(ref);
    return new Row(index, refs.keys().get(index), id, Shown.of(info), info);
  }

  @Override
  public MimeBundle draw(boolean kernelEnds) {
    if (!Ray.displays()) {
      return MimeBundle.text(refs.text());
    }
    boolean ended = kernelEnds || !view.isRunning();
    List<Row> now = rows();
    String html =
        refs.single()
            ? RefHtml.single(now.getFirst(), view.now(), ended)
            : new RefHtml(now, view, ended).list();
    return MimeBundle.html(html, refs.text());
  }
}
