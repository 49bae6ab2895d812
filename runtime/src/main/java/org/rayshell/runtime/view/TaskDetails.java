package org.rayshell.runtime.view;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.code.Traces;
import org.rayshell.runtime.owner.LatestObjects;
import org.rayshell.runtime.owner.ObjectState;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.store.ValueCodec;
import org.rayshell.runtime.wire.TaskUpdate;

/** Looks up what is known of single tasks and objects, and makes text of it. Thread-safe. */
final class TaskDetails {
  private static final int MOST_LINES = 40;
  private static final int SHORT_ID = 8;

  private final Records records;
  private final LatestObjects objects;
  private final ValueCodec codec;
  private final ClassLoader loader;
  private final UnaryOperator<String> traces;

  /**
   * @param traces what makes of stack traces those that people read
   */
  TaskDetails(
      Records records,
      LatestObjects objects,
      ValueCodec codec,
      ClassLoader loader,
      UnaryOperator<String> traces) {
    this.records = records;
    this.objects = objects;
    this.codec = codec;
    this.loader = loader;
    this.traces = traces;
  }

  TaskDetail of(TaskUpdate task) {
    return new TaskDetail(
        task.toInfo(),
        records.failures().tries(task.id()),
        records.arguments().of(task.id()).stream().map(this::text).toList(),
        task.state() == TaskState.FAILED ? trace(task.id()) : null);
  }

  private String text(TaskArguments.Argument argument) {
    if (argument.ref() != null) {
      return "ObjectRef " + argument.ref().toString().substring(0, SHORT_ID);
    }
    String text = argument.value() == null ? null : Previews.of(argument.value(), codec, loader);
    return text == null ? argument.bytes() + " bytes" : text;
  }

  private String trace(ObjectId task) {
    EncodedValue thrown = records.failures().thrown(task);
    if (thrown == null) {
      return records.failures().message(task);
    }
    try {
      StringWriter text = new StringWriter();
      // A user's getMessage and toString run here, as they do wherever the exception is shown.
      Traces.trimmed(codec.decodeThrowable(thrown, loader))
          .printStackTrace(new PrintWriter(text, true));
      return cut(traces.apply(text.toString()));
    } catch (RuntimeException | Error _) {
      return records.failures().message(task);
    }
  }

  private static String cut(String trace) {
    List<String> lines = trace.lines().toList();
    String text =
        lines.stream()
            .limit(MOST_LINES)
            .map(each -> cutLine(each))
            .collect(Collectors.joining("\n"));
    int more = lines.size() - MOST_LINES;
    return more > 0 ? text + "\n… " + more + " more lines" : text;
  }

  private static String cutLine(String line) {
    return line.length() <= 400 ? line : line.substring(0, 400) + "…";
  }

  /** A short text of an object's value or type; null if it is not here. */
  String result(ObjectId id) {
    ObjectState state = objects.find(id);
    return state == null ? null : type(state);
  }

  ObjectInfo info(LatestObjects.Found found, int borrowers) {
    ObjectState state = found.state();
    TaskUpdate made = state.task();
    // What a stream gives has no news of its own.
    TaskUpdate task = made != null ? made : records.tasks().task(state.id().at(1));
    return new ObjectInfo(
        state.id().toString(),
        task == null ? null : task.function(),
        task == null ? found.cell() : task.cell(),
        type(state),
        state.bytes(),
        state.isPlaced() && task != null ? task.workerPid() : 0,
        borrowers,
        task == null ? found.since() : task.submitted());
  }

  private String type(ObjectState state) {
    if (!state.isValue()) {
      return null;
    }
    return Previews.of(state.outcome().value(), codec, loader);
  }
}
