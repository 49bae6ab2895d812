package org.rayshell.runtime.profile;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Flight Recorder's samples of the threads that compute, but those of the JVM and of the runtime.
 * Its files lie in the session's folder and go with that, however this process ends.
 */
final class FlightSampler implements Sampler {
  private static final String EVENT = "jdk.ExecutionSample";
  private static final Duration PERIOD = Duration.ofMillis(10);
  private static final int DEPTH = 256;
  private static final long LONG_NS = 1_000_000_000L;

  private final Path folder;

  /** Its files are to be in that folder. */
  FlightSampler(Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "Flight Recorder";
  }

  @Override
  public long periodNs() {
    return PERIOD.toNanos();
  }

  @Override
  public void sample(TimeUp over, Sink sink) throws IOException, InterruptedException {
    Path file = folder.resolve("profile-" + ProcessHandle.current().pid() + ".jfr");
    try (Recording recording = recording()) {
      recording.start();
      over.start();
      while (!over.await(LONG_NS)) {
        // Goes on.
      }
      recording.stop();
      recording.dump(file);
      sink.looked(nanos(recording.getStartTime()), nanos(recording.getStopTime()));
    } catch (RuntimeException | Error e) {
      throw new IOException("Flight Recorder cannot be used: " + e.getMessage(), e);
    }
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        tell(events.readEvent(), sink);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Recording recording() {
    if (!FlightRecorder.isAvailable()) {
      throw new IllegalStateException("this JVM has none");
    }
    if (!FlightRecorder.isInitialized()) {
      configure();
    }
    Recording recording = new Recording();
    recording.enable(EVENT).withPeriod(PERIOD);
    return recording;
  }

  private void configure() {
    String[] options = {"repositorypath=\"" + folder.resolve("jfr") + "\"", "stackdepth=" + DEPTH};
    try {
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "jfrConfigure",
              new Object[] {options},
              new String[] {String[].class.getName()});
    } catch (JMException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static void tell(RecordedEvent event, Sink sink) {
    if (!event.getEventType().getName().equals(EVENT)
        || event.getStackTrace() == null
        || !isTasks(event.getThread("sampledThread"))) {
      return;
    }
    List<StackTraceElement> frames =
        event.getStackTrace().getFrames().stream()
            .filter(RecordedFrame::isJavaFrame)
            .map(FlightSampler::frame)
            .toList();
    sink.seen(nanos(event.getStartTime()), frames);
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }

  /** Whether the thread may be a task's: its own, or one that it started. */
  private static boolean isTasks(RecordedThread thread) {
    if (thread == null || thread.getJavaName() == null) {
      return false;
    }
    boolean system =
        thread.getThreadGroup() != null && "system".equals(thread.getThreadGroup().getName());
    return !system && !thread.getJavaName().startsWith("rayshell-");
  }

  private static StackTraceElement frame(RecordedFrame frame) {
    RecordedMethod method = frame.getMethod();
    return new StackTraceElement(
        method.getType().getName(), method.getName(), null, frame.getLineNumber());
  }
}
