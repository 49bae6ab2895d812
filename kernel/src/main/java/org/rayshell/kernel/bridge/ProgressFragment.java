package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.rayshell.Ray;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Fragment;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.session.MimeBundle;
import org.rayshell.runtime.Awaited;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.Progress;

/**
 * One line that tells how far a wait is, and at the end how it ended. Thread-safe: its words at the
 * end are set once.
 */
final class ProgressFragment implements Fragment {
  private static final int ESTIMATED_FROM = 3;
  private static final long ESTIMATED_AFTER_NS = 1_000_000_000L;

  /** What is waited for. */
  sealed interface Subject {}

  /**
   * The values of tasks.
   *
   * @param enough how many of them end the wait; 0 if they are waited for one by one
   */
  record Tasks(Supplier<Progress> progress, int enough, ClusterView view) implements Subject {}

  /** Items of a function's stream. */
  record Items(String function) implements Subject {}

  private final String id;
  private final Subject subject;
  private final long since;
  private volatile String last;
  private volatile boolean failure;

  /**
   * A line that is not shown yet.
   *
   * @param since when the wait began, on {@link System#nanoTime}'s clock
   */
  ProgressFragment(String id, Subject subject, long since, long now) {
    this.id = id;
    this.subject = subject;
    this.since = Math.min(since, now);
  }

  @Override
  public String displayId() {
    return id;
  }

  @Override
  public boolean isFinal() {
    return last != null;
  }

  @Override
  public long version() {
    return last != null
        ? last.hashCode()
        : switch (subject) {
          case Tasks tasks -> tasks.progress().get().withoutTimes().hashCode();
          case Items _ -> 0;
        };
  }

  /** A wait for a list is over. */
  void end(Awaited what, long tookNs, boolean interrupted) {
    String took = Amounts.duration(tookNs);
    if (interrupted) {
      end("stopped waiting after " + took + "; the tasks go on", false);
      return;
    }
    Progress now =
        subject instanceof Tasks tasks ? tasks.progress().get() : new Progress.Count(0).progress();
    int bad = now.failed() + now.cancelled();
    if (what.kind() == Awaited.Kind.WAIT) {
      end(now.done() + " of " + now.all() + " ready in " + took, false);
    } else if (bad > 0) {
      String how = now.failed() > 0 ? " failed after " : " cancelled after ";
      end("✕ " + bad + " of " + now.all() + how + took, true);
    } else if (now.done() < now.all()) {
      end(now.done() + " of " + now.all() + " ready after " + took + "; the tasks go on", false);
    } else {
      end(results(now.all()) + " in " + took, false);
    }
  }

  /**
   * A row of single waits is over. How many results it got is not known: those that were there are
   * not waited for.
   */
  void end(long tookNs, boolean failed) {
    String took = Amounts.duration(tookNs);
    end(failed ? "✕ failed after " + took : "results one by one in " + took, failed);
  }

  /** Nothing is to be seen of it any more. */
  void hide() {
    last = "";
  }

  private static String results(int count) {
    return String.format(Locale.ROOT, "%,d result%s", count, count == 1 ? "" : "s");
  }

  private synchronized void end(String words, boolean failed) {
    if (last == null) {
      failure = failed;
      last = words;
    }
  }

  @Override
  public MimeBundle draw(boolean kernelEnds) {
    String end = last;
    if (end == null && kernelEnds) {
      end = "the kernel ended after " + Amounts.duration(System.nanoTime() - since);
    }
    if (end != null) {
      String html =
          end.isEmpty() ? "" : Html.fragment(failure ? Html.failure(end, "") : Html.muted(end));
      return bundle(html, end);
    }
    return switch (subject) {
      case Tasks tasks -> draw(tasks, tasks.progress().get());
      case Items items -> {
        String words =
            "waiting for the next item of "
                + Html.cut(items.function())
                + "; "
                + Amounts.duration(System.nanoTime() - since);
        yield bundle(Html.fragment(Html.muted(Html.escape(words))), words);
      }
    };
  }

  private MimeBundle draw(Tasks tasks, Progress now) {
    Map<Shown, Integer> counts = new EnumMap<>(Shown.class);
    count(counts, Shown.FINISHED, now.finished());
    count(counts, Shown.RUNNING, now.running());
    count(counts, Shown.QUEUED, now.queued());
    count(counts, Shown.FAILED, now.failed());
    count(counts, Shown.CANCELLED, now.cancelled());
    count(counts, Shown.RETRYING, now.retrying());
    String words = words(tasks, now);
    String html =
        "<div style=\"display:flex;align-items:center\"><div style=\"width:240px\">"
            + StateBar.html(counts, Math.max(1, now.all()))
            + "</div><div style=\"margin:0 0 0 12px\">"
            + Html.escape(words)
            + "</div></div>";
    return bundle(Html.fragment(html), words);
  }

  private static void count(Map<Shown, Integer> counts, Shown shown, int number) {
    if (number > 0) {
      counts.put(shown, number);
    }
  }

  /** {@code 9 of 12 done, 2 running, 1 queued, about 1.1 s left}. */
  private String words(Tasks tasks, Progress now) {
    List<String> parts = new ArrayList<>();
    parts.add(
        String.format(Locale.ROOT, "%,d of %,d done", now.done(), now.all())
            + (tasks.enough() > 0 && tasks.enough() < now.all()
                ? ", waiting for " + tasks.enough()
                : ""));
    add(parts, now.running(), "running");
    add(parts, now.retrying(), "retrying");
    add(parts, now.queued(), "queued");
    add(parts, now.failed(), "failed");
    add(parts, now.cancelled(), "cancelled");
    int open = now.all() - now.done();
    boolean oneByOne = tasks.enough() == 0 && open < 2;
    boolean all = tasks.enough() == 0 || tasks.enough() == now.all();
    if (all
        && !oneByOne
        && now.finished() >= ESTIMATED_FROM
        && System.nanoTime() - since > ESTIMATED_AFTER_NS) {
      double cpus = tasks.view().totalResources().getOrDefault("CPU", 1.0);
      long at = Math.clamp(open, 1, (int) Math.max(1, Math.max(now.running(), cpus)));
      parts.add("about " + Amounts.duration(now.openNs() / at) + " left");
    }
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, int number, String word) {
    if (number > 0) {
      parts.add(String.format(Locale.ROOT, "%,d %s", number, word));
    }
  }

  private static MimeBundle bundle(String html, String text) {
    return Ray.displays() ? MimeBundle.html(html, text) : MimeBundle.text(text);
  }
}
