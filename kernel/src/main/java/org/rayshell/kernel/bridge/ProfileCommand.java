package org.rayshell.kernel.bridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.magic.MagicCall;
import org.rayshell.kernel.magic.MagicException;
import org.rayshell.kernel.magic.MagicResult;
import org.rayshell.kernel.session.MimeBundle;
import org.rayshell.runtime.Inspector;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskProfile;
import org.rayshell.runtime.view.WorkerInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code %ray profile}: where tasks spend their CPU time, as a flame graph. */
@Command(header = "where tasks spend their CPU time: samples of some seconds, as a flame graph")
final class ProfileCommand extends RayCommand {
  private static final int MOST_SECONDS = 600;

  /** A worker reads its samples when the time is over; a busy machine takes a while. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "how long; 5 by default. Interrupt ends it and shows what there is")
  private double seconds;

  @Parameters(
      arity = "0..1",
      paramLabel = "TASK|FUNCTION",
      description = "only tasks of that function, or that one by the beginning of its ref's id")
  private String of;

  private final CellFrames frames;

  ProfileCommand(CellFrames frames) {
    this.frames = frames;
  }

  @Override
  MagicResult run(MagicCall call) throws Exception {
    if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
      throw new MagicException(
          "%ray profile takes up to " + MOST_SECONDS + " s: --seconds=" + seconds);
    }
    ClusterView view = ownWorkers("%ray profile");
    Inspector inspector = inspector();
    if (of != null) {
      // An error if there is none such.
      TaskNames.among(view.tasks(), of, "is known");
    }
    List<WorkerInfo> workers = view.workers().stream().filter(WorkerNames::lives).toList();
    if (workers.isEmpty()) {
      throw new MagicException("no worker lives yet; submit a task first");
    }
    Duration time = Duration.ofNanos((long) (seconds * 1e9));
    String id = "ray-profile-" + UUID.randomUUID();
    call.cell()
        .display(
            MimeBundle.text(
                "profiling "
                    + (workers.size() == 1 ? "a worker" : workers.size() + " workers")
                    + " for "
                    + Amounts.duration(time.toNanos())
                    + "; interrupt ends it and shows what there is"),
            id);
    long began = System.nanoTime();
    Map<Long, TaskProfile> profiles = profiles(inspector, workers, time);
    List<Long> silent =
        workers.stream().map(WorkerInfo::pid).filter(pid -> !profiles.containsKey(pid)).toList();
    Profile profile =
        Profile.of(
            profiles,
            silent,
            Math.min(time.toNanos(), System.nanoTime() - began),
            of == null ? "" : of,
            frames);
    call.cell()
        .updateDisplay(MimeBundle.html(ProfileHtml.of(profile), ProfileText.of(profile)), id);
    return MagicResult.done();
  }

  private Map<Long, TaskProfile> profiles(
      Inspector inspector, List<WorkerInfo> workers, Duration time) throws InterruptedException {
    Map<Long, Inspector.Profiling> asked = new TreeMap<>();
    String only = of == null ? "" : of;
    workers.forEach(each -> asked.put(each.pid(), inspector.profile(each.pid(), time, only)));
    List<CompletableFuture<TaskProfile>> futures = new ArrayList<>();
    asked.values().forEach(each -> futures.add(each.profile()));
    long until = System.nanoTime() + time.plus(PATIENCE).toNanos();
    try {
      RayCommand.answered(futures, until);
    } catch (InterruptedException _) {
      asked.values().forEach(Inspector.Profiling::end);
      RayCommand.answered(futures, System.nanoTime() + PATIENCE.toNanos());
    }
    Map<Long, TaskProfile> profiles = new TreeMap<>();
    for (Map.Entry<Long, Inspector.Profiling> each : asked.entrySet()) {
      TaskProfile profile = answer(each.getValue().profile(), System.nanoTime());
      if (profile != null) {
        profiles.put(each.getKey(), profile);
      }
    }
    return profiles;
  }

  @Override
  List<String> words(ClusterView view) {
    return Stream.concat(
            TaskFilter.functions(view).stream(),
            TaskNames.live(view).stream().map(task -> task.objectId().substring(0, 8)))
        .toList();
  }
}
