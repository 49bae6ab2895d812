package org.rayshell.kernel.bridge;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rayshell.kernel.magic.MagicException;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.WorkerInfo;

/** How people name workers: by their process, {@code 24298}, or by their name, {@code w7}. */
final class WorkerNames {
  private static final int MOST_LISTED = 8;

  private WorkerNames() {}

  /** The worker of that name, of several the one that lives. */
  static Optional<WorkerInfo> find(ClusterView view, String word) {
    List<WorkerInfo> named =
        view.workers().stream()
            .filter(each ->
                each.workerId().equals(word)
                    || each.pid() != 0 && String.valueOf(each.pid()).equals(word))
            .toList();
    return named.stream().filter(WorkerNames::lives).findFirst().or(() -> named.stream().findAny());
  }

  /**
   * The worker of that name.
   *
   * @throws MagicException if there is none; names those that there are
   */
  static WorkerInfo get(ClusterView view, String word) throws MagicException {
    return find(view, word)
        .orElseThrow(
            () -> new MagicException("no worker of this session: " + word + "; " + list(view)));
  }

  /** Those that live, for an error. */
  static String list(ClusterView view) {
    List<WorkerInfo> alive = view.workers().stream().filter(WorkerNames::lives).toList();
    return alive.isEmpty()
        ? "no worker lives"
        : alive.stream()
            .limit(MOST_LISTED)
            .map(each -> each.pid() + " (" + each.workerId() + ")")
            .collect(
                Collectors.joining(
                    ", ", "its workers are ", alive.size() > MOST_LISTED ? ", …" : ""));
  }

  static boolean lives(WorkerInfo worker) {
    return worker.pid() != 0 && worker.state() != WorkerInfo.State.DEAD;
  }

  /** The processes of those that live, for completion. */
  static Stream<String> pids(ClusterView view) {
    return view.workers().stream()
        .filter(WorkerNames::lives)
        .map(each -> String.valueOf(each.pid()));
  }
}
