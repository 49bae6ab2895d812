package org.rayshell.runtime;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.rayshell.runtime.owner.Owner;
import org.rayshell.runtime.profile.TaskProfiler;
import org.rayshell.runtime.view.TaskStack;
import org.rayshell.runtime.wire.Message;

/** What a worker answers to the questions that people have. Belongs to the loop. */
final class WorkerAnswers {
  private final Owner owner;
  private final Supplier<TaskStack> stack;
  private final TaskProfiler profiler;
  private final Consumer<Message.Answer> driver;

  /**
   * @param stack what the task does that runs now
   * @param driver takes the answers; on the loop
   */
  WorkerAnswers(
      Owner owner,
      Supplier<TaskStack> stack,
      TaskProfiler profiler,
      Consumer<Message.Answer> driver) {
    this.owner = owner;
    this.stack = stack;
    this.profiler = profiler;
    this.driver = driver;
  }

  void received(Message.Question question) {
    switch (question) {
      case Message.StackQuestion(long request) ->
          driver.accept(new Message.StackAnswer(request, stack.get()));
      case Message.WaitsQuestion m ->
          driver.accept(new Message.WaitsAnswer(m.request(), owner.waits(m.tasks())));
      case Message.ObjectsQuestion m ->
          driver.accept(new Message.ObjectsAnswer(m.request(), owner.objects(m.most())));
      case Message.ProfileQuestion m ->
          profiler.start(
              m.request(),
              m.nanos(),
              m.only(),
              profile -> driver.accept(new Message.ProfileAnswer(m.request(), profile)));
      case Message.EndProfile m -> profiler.end(m.request());
    }
  }
}
