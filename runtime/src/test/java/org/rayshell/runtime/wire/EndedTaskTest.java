package org.rayshell.runtime.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.view.ErrorType;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.testing.TaskUpdates;

class EndedTaskTest {
  private static final long AT = 1_795_000_000_000_000_000L;
  private static final long SECOND = 1_000_000_000L;

  private static final TaskKind KIND =
      TaskUpdates.update(
              new ObjectId(1, 1, 1),
              "f",
              TaskState.FINISHED,
              "In [1]",
              null,
              1,
              0,
              1,
              3,
              1,
              5,
              0,
              0,
              0,
              0,
              null,
              5,
              0,
              null)
          .kind();

  private static TaskUpdate.Run run(long pid, long ran, long cpu, long result, long args) {
    return new TaskUpdate.Run(pid, AT + 5, AT + 5 + ran, cpu, result, args, null, null);
  }

  private static TaskUpdate task(TaskState state, int attempt, TaskUpdate.Run run) {
    return new TaskUpdate(new ObjectId(7, 1, 1), KIND, state, attempt, AT, run.ended(), run);
  }

  @Test
  void whatIsKeptOfAShortTaskSaysTheSame() {
    for (TaskUpdate.Run run :
        List.of(
            run(4_194_304, 1_000, 900, 17, 12),
            run(1, 0, 0, 0, 0),
            run(1, 4 * SECOND, 4 * SECOND, 65_535, 65_535))) {
      TaskUpdate task = task(TaskState.FINISHED, 1, run);
      TaskNews kept = assertInstanceOf(EndedTask.class, task.kept());
      assertEquals(task, kept.update());
      assertSame(task.id(), kept.id());
      assertSame(task.kind(), kept.kind());
      assertEquals(AT, kept.submitted());
    }
  }

  @Test
  void whatHasNoPlaceThereIsKeptAsItIs() {
    TaskUpdate.Run failed =
        new TaskUpdate.Run(1, AT, AT + 1, 0, 0, 0, "why", ErrorType.WORKER_DIED);
    for (TaskUpdate task :
        List.of(
            task(TaskState.FINISHED, 1, run(1, 5 * SECOND, 1, 1, 1)),
            task(TaskState.FINISHED, 1, run(1, 1, 5 * SECOND, 1, 1)),
            task(TaskState.FINISHED, 1, run(1, -1, 1, 1, 1)),
            task(TaskState.FINISHED, 1, run(1L << 32, 1, 1, 1, 1)),
            task(TaskState.FINISHED, 1, run(1, 1, 1, 65_536, 1)),
            task(TaskState.FINISHED, 1, run(1, 1, 1, 1, 65_536)),
            task(TaskState.FINISHED, 2, run(1, 1, 1, 1, 1)),
            new TaskUpdate(
                new ObjectId(7, 1, 1), KIND, TaskState.FINISHED, 1, AT, AT + 9, run(1, 1, 1, 1, 1)),
            task(TaskState.FINISHED, 1, failed),
            task(TaskState.RUNNING, 1, run(1, 1, 1, 1, 1)),
            task(TaskState.FAILED, 1, failed))) {
      assertSame(task, task.kept());
    }
  }
}
