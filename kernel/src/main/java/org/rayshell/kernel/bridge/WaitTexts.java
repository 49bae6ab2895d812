package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;
import org.rayshell.runtime.Inspector;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.view.WaitReason;

/** Why tasks wait, for people: for which arguments, or for which resources. */
final class WaitTexts {
  /** A worker that is asked for its tasks' reasons may be stopped. */
  private static final long PATIENCE_NS = 1_000_000_000L;

  private final Map<String, TaskInfo> tasks;
  private final Map<String, Double> total;
  private final Map<String, Double> free;

  private WaitTexts(ClusterView view) {
    tasks =
        view.tasks().stream()
            .collect(Collectors.toMap(TaskInfo::objectId, each -> each, (_, later) -> later));
    total = view.totalResources();
    free = view.availableResources();
  }

  /** The reasons by the ids of the tasks' objects; none of those that do not wait. */
  static Map<String, String> of(List<TaskInfo> of, ClusterView view, Inspector inspector)
      throws InterruptedException {
    Map<Long, List<String>> waiting =
        of.stream()
            .filter(task -> task.started() == 0 && !task.state().isTerminal())
            .collect(
                Collectors.groupingBy(
                    TaskInfo::ownerPid,
                    Collectors.mapping(TaskInfo::objectId, Collectors.toList())));
    List<CompletableFuture<List<WaitReason>>> asked = new ArrayList<>();
    waiting.forEach((owner, ids) -> asked.add(inspector.waits(owner, ids)));
    long until = System.nanoTime() + PATIENCE_NS;
    Map<String, String> texts = new HashMap<>();
    WaitTexts words = new WaitTexts(view);
    for (CompletableFuture<List<WaitReason>> each : asked) {
      List<WaitReason> reasons = RayCommand.answer(each, until);
      if (reasons != null) {
        reasons.forEach(reason -> texts.put(reason.objectId(), words.text(reason)));
      }
    }
    return texts;
  }

  private String text(WaitReason reason) {
    if (!reason.arguments().isEmpty()) {
      String first = argument(reason.arguments().getFirst());
      int more = reason.arguments().size() - 1;
      return "waits for " + first + (more == 0 ? "" : " and " + more + " more");
    }
    TaskInfo task = tasks.get(reason.objectId());
    if (task != null && task.state() == TaskState.SUBMITTED_TO_WORKER) {
      return "is at worker " + task.workerPid();
    }
    String lacks =
        reason.needs().entrySet().stream()
            .filter(need -> need.getValue() > free.getOrDefault(need.getKey(), 0.0))
            .map(need -> lack(need.getKey(), need.getValue()))
            .collect(Collectors.joining(", "));
    if (!lacks.isEmpty()) {
      return "waits for " + lacks;
    }
    return reason.env().isEmpty() ? "waits for a worker" : "waits for a worker with its runtimeEnv";
  }

  private String argument(String id) {
    TaskInfo maker = tasks.get(id);
    return (maker == null ? "object" : Html.cut(maker.function())) + " " + id.substring(0, 8);
  }

  private String lack(String name, double need) {
    boolean bytes = name.equals("memory") || name.equals("object_store_memory");
    double left = Math.max(0, free.getOrDefault(name, 0.0));
    double all = total.getOrDefault(name, 0.0);
    return bytes
        ? "%s (%s; %s of %s free)"
            .formatted(name, Amounts.bytes(need), Amounts.bytes(left), Amounts.bytes(all))
        : "%s (%s; %s of %s free)"
            .formatted(name, Amounts.count(need), Amounts.count(left), Amounts.count(all));
  }
}
