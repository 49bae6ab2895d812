package org.rayshell.kernel.bridge;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.rayshell.ObjectRef;
import org.rayshell.kernel.display.Fragment;
import org.rayshell.kernel.session.MimeBundle;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.RefInfo;

/**
 * Refs as a table that follows their tasks. A look at all costs a comparison each; asked for are
 * only those of which there is news, and decoded for a preview only those whose rows are drawn.
 */
final class RefFragment implements Fragment {
  private final RefList refs;
  private final ClusterView view;
  private final Supplier<String> more;
  private final String id;
  private final RefRow[] rows;
  private final Object[] news;
  private final BitSet previewed = new BitSet();
  private long seen;
  private boolean restless = true;
  private int open;
  private long version;

  RefFragment(RefList refs, ClusterView view) {
    this(refs, view, null);
  }

  /**
   * Of those refs.
   *
   * @param more what else is said of a single one; null for nothing
   */
  RefFragment(RefList refs, ClusterView view, Supplier<String> more) {
    this.refs = refs;
    this.view = view;
    this.more = more;
    this.id = refs.displayId();
    this.rows = new RefRow[refs.refs().size()];
    this.news = new Object[rows.length];
  }

  @Override
  public String displayId() {
    return id;
  }

  @Override
  public boolean isFinal() {
    look();
    return open == 0 || !view.isRunning();
  }

  @Override
  public long version() {
    look();
    return version;
  }

  /** Takes in what has changed. */
  private void look() {
    long now = view.version();
    // Of some things the view is not told: what another process owns, and values just made.
    if (!restless && now == seen) {
      return;
    }
    seen = now;
    restless = false;
    open = 0;
    for (int i = 0; i < rows.length; i++) {
      ObjectRef<?> ref = refs.refs().get(i);
      Object latest = view.news(ref);
      RefRow before = rows[i];
      if (before == null || latest != news[i] || before.shown() == Shown.RUNNING) {
        RefRow row = row(i, view.state(ref));
        version += before == null || !row.isLike(before) ? 1 : 0;
        rows[i] = row;
        news[i] = latest;
        previewed.clear(i);
      }
      if (!rows[i].isFinal()) {
        open++;
        restless |= rows[i].shown() == Shown.UNKNOWN || rows[i].shown() == Shown.FINISHED;
      }
    }
  }

  private RefRow row(int index, RefInfo info) {
    return new RefRow(index, refs.keys().get(index), Shown.of(info), info);
  }

  /** The row with a preview of its value, if that is here. */
  private RefRow previewed(RefRow row) {
    int i = row.index();
    boolean value = row.shown() == Shown.FINISHED || row.shown() == Shown.STORED;
    if (value && row.info().stored() && !previewed.get(i)) {
      rows[i] = row(i, view.ref(refs.refs().get(i)));
      previewed.set(i);
    }
    return rows[i];
  }

  @Override
  public void settle() {
    look();
    Settling.await(
        Arrays.stream(rows).filter(row -> !row.isFinal()).toList(), refs.refs(), view.now());
  }

  @Override
  public MimeBundle draw(boolean kernelEnds) {
    look();
    List<RefRow> all = Arrays.asList(rows);
    RefHtml.End end =
        kernelEnds
            ? RefHtml.End.KERNEL
            : view.isRunning() ? RefHtml.End.NOT_YET : RefHtml.End.SESSION;
    RefHtml html = new RefHtml(refs, all, view, end, this::previewed);
    return MimeBundle.html(
        refs.single() ? html.single(more == null ? "" : more.get()) : html.list(), refs.text());
  }
}
