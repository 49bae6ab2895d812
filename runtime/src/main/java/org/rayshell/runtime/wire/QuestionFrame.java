package org.rayshell.runtime.wire;

import java.util.ArrayList;
import java.util.List;
import org.rayshell.runtime.view.OwnedObject;
import org.rayshell.runtime.view.TaskProfile;
import org.rayshell.runtime.view.TaskStack;
import org.rayshell.runtime.view.WaitReason;

/** The bodies of questions to workers and of their answers; see {@link Frame}. */
final class QuestionFrame {
  private static final int STACK_QUESTION = 110;
  private static final int STACK_ANSWER = 111;
  private static final int WAITS_QUESTION = 112;
  private static final int WAITS_ANSWER = 113;
  private static final int OBJECTS_QUESTION = 114;
  private static final int OBJECTS_ANSWER = 115;
  private static final int PROFILE_QUESTION = 116;
  private static final int END_PROFILE = 117;
  private static final int PROFILE_ANSWER = 118;

  /** A text is no shorter than its length. */
  private static final int TEXT_BYTES = 4;

  private static final int FRAME_BYTES = 5 * TEXT_BYTES;

  private static final Thread.State[] THREAD_STATES = Thread.State.values();
  private static final OwnedObject.State[] OBJECT_STATES = OwnedObject.State.values();

  /** Reads one of several. */
  private interface Reader<T> {
    T read(WireReader in) throws ProtocolException;
  }

  private QuestionFrame() {}

  static void write(Message.Question message, WireWriter out) {
    switch (message) {
      case Message.StackQuestion m -> Frame.number(out, STACK_QUESTION, m.request());
      case Message.WaitsQuestion m -> {
        Frame.number(out, WAITS_QUESTION, m.request());
        out.i32(m.tasks().size());
        m.tasks().forEach(out::id);
      }
      case Message.ObjectsQuestion m -> {
        Frame.number(out, OBJECTS_QUESTION, m.request());
        out.i32(m.most());
      }
      case Message.ProfileQuestion m -> {
        Frame.number(out, PROFILE_QUESTION, m.request());
        out.i64(m.nanos());
        out.text(m.only());
      }
      case Message.EndProfile m -> Frame.number(out, END_PROFILE, m.request());
    }
  }

  static void write(Message.Answer message, WireWriter out) {
    switch (message) {
      case Message.StackAnswer m -> {
        Frame.number(out, STACK_ANSWER, m.request());
        write(m.stack(), out);
      }
      case Message.WaitsAnswer m -> {
        Frame.number(out, WAITS_ANSWER, m.request());
        out.i32(m.reasons().size());
        m.reasons().forEach(each -> write(each, out));
      }
      case Message.ObjectsAnswer m -> {
        Frame.number(out, OBJECTS_ANSWER, m.request());
        out.i32(m.objects().size());
        m.objects().forEach(each -> write(each, out));
      }
      case Message.ProfileAnswer m -> {
        Frame.number(out, PROFILE_ANSWER, m.request());
        write(m.profile(), out);
      }
    }
  }

  static Message read(int type, WireReader in) throws ProtocolException {
    if (type < STACK_QUESTION || type > PROFILE_ANSWER) {
      throw new ProtocolException("no such type of message: type=" + type);
    }
    long request = in.i64();
    return switch (type) {
      case STACK_QUESTION -> new Message.StackQuestion(request);
      case STACK_ANSWER -> new Message.StackAnswer(request, readStack(in));
      case WAITS_QUESTION -> new Message.WaitsQuestion(request, list(in, 16, WireReader::id));
      case WAITS_ANSWER ->
          new Message.WaitsAnswer(request, list(in, 5 * TEXT_BYTES, QuestionFrame::readReason));
      case OBJECTS_QUESTION -> new Message.ObjectsQuestion(request, in.i32());
      case OBJECTS_ANSWER ->
          new Message.ObjectsAnswer(request, list(in, 33, QuestionFrame::readObject));
      case PROFILE_QUESTION -> new Message.ProfileQuestion(request, in.i64(), in.name());
      case END_PROFILE -> new Message.EndProfile(request);
      case PROFILE_ANSWER -> new Message.ProfileAnswer(request, readProfile(in));
      default -> throw new ProtocolException("no such type of message: type=" + type);
    };
  }

  private static <T> List<T> list(WireReader in, int leastBytes, Reader<T> reader)
      throws ProtocolException {
    int count = in.count(leastBytes);
    List<T> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(reader.read(in));
    }
    return list;
  }

  private static <E extends Enum<E>> E value(E[] values, int code) throws ProtocolException {
    if (code >= values.length) {
      throw new ProtocolException(
          "no such " + values[0].getDeclaringClass().getSimpleName() + ": code=" + code);
    }
    return values[code];
  }

  private static void write(TaskStack stack, WireWriter out) {
    out.text(stack.taskId());
    out.text(stack.function());
    out.text(stack.cell());
    out.i64(stack.started());
    out.u8(stack.state().ordinal());
    out.text(stack.lock());
    out.text(stack.lockOwner());
    writeFrames(stack.frames(), out);
  }

  private static TaskStack readStack(WireReader in) throws ProtocolException {
    return new TaskStack(
        in.text(),
        in.text(),
        in.text(),
        in.i64(),
        value(THREAD_STATES, in.u8()),
        in.text(),
        in.text(),
        readFrames(in));
  }

  private static void writeFrames(List<StackTraceElement> frames, WireWriter out) {
    out.i32(frames.size());
    for (StackTraceElement frame : frames) {
      out.text(frame.getModuleName());
      out.text(frame.getClassName());
      out.text(frame.getMethodName());
      out.text(frame.getFileName());
      out.i32(frame.getLineNumber());
    }
  }

  private static List<StackTraceElement> readFrames(WireReader in) throws ProtocolException {
    return list(
        in,
        FRAME_BYTES,
        each ->
            new StackTraceElement(
                null, each.text(), null, each.name(), each.name(), each.text(), each.i32()));
  }

  private static void write(WaitReason reason, WireWriter out) {
    out.text(reason.objectId());
    out.i32(reason.arguments().size());
    reason.arguments().forEach(out::text);
    out.amounts(reason.needs());
    Frame.write(reason.env(), out);
  }

  private static WaitReason readReason(WireReader in) throws ProtocolException {
    return new WaitReason(
        in.name(), list(in, TEXT_BYTES, WireReader::name), in.amounts(), Frame.readEnv(in));
  }

  private static void write(OwnedObject object, WireWriter out) {
    out.text(object.objectId());
    out.u8(object.state().ordinal());
    out.i64(object.bytes());
    out.text(object.keptBy());
    out.text(object.cell());
    out.text(object.function());
    out.text(object.preview());
    out.i32(object.borrowers().size());
    object.borrowers().forEach(out::text);
  }

  private static OwnedObject readObject(WireReader in) throws ProtocolException {
    return new OwnedObject(
        in.name(),
        value(OBJECT_STATES, in.u8()),
        in.i64(),
        in.text(),
        in.text(),
        in.text(),
        in.text(),
        list(in, TEXT_BYTES, WireReader::name));
  }

  private static void write(TaskProfile profile, WireWriter out) {
    out.text(profile.source());
    out.text(profile.note());
    out.i64(profile.periodNs());
    out.i64(profile.ranNs());
    out.i32(profile.left());
    out.i32(profile.stacks().size());
    for (TaskProfile.Sampled each : profile.stacks()) {
      out.text(each.function());
      out.i32(each.count());
      writeFrames(each.frames(), out);
    }
  }

  private static TaskProfile readProfile(WireReader in) throws ProtocolException {
    return new TaskProfile(
        in.name(),
        in.name(),
        in.i64(),
        in.i64(),
        in.i32(),
        list(
            in,
            3 * TEXT_BYTES,
            each -> new TaskProfile.Sampled(each.name(), each.i32(), readFrames(each))));
  }
}
