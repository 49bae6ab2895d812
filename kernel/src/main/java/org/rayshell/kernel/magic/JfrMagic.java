package org.rayshell.kernel.magic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Configuration;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.display.Sheet;
import org.rayshell.kernel.eval.CellTrace;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.eval.InvokeListener;
import org.rayshell.kernel.session.MimeBundle;

/** {@code %jfr}, {@code %%jfr}: records this process with Flight Recorder. Thread-safe. */
final class JfrMagic implements Magic {
  private static final String START = "start";
  private static final String STOP = "stop";
  private static final Duration PERIOD = Duration.ofMillis(10);
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'rayshell-'yyyyMMdd-HHmmss'.jfr'");

  private final CellTrace trace;
  // Guarded by this: what %jfr start has begun.
  private Recording begun;
  private Path file;

  JfrMagic(CellTrace trace) {
    this.trace = trace;
  }

  @Override
  public String name() {
    return "jfr";
  }

  @Override
  public Set<Form> forms() {
    return EnumSet.allOf(Form.class);
  }

  @Override
  public String usage() {
    return "%%jfr [FILE] above a cell, or %jfr SECONDS|start [FILE], %jfr stop";
  }

  @Override
  public String summary() {
    return "records this process with Flight Recorder into a file, while the cell runs, for some"
        + " seconds, or until stop; tells the methods that computed most";
  }

  @Override
  public List<String> words(List<String> before) {
    return before.isEmpty() ? List.of(START, STOP) : List.of();
  }

  @Override
  public boolean takesFile(List<String> before) {
    return before.size() == 1 && !before.getFirst().equals(STOP);
  }

  @Override
  public MagicResult run(MagicCall call) throws Exception {
    List<String> words = call.words();
    if (call.form() == Form.CELL) {
      return cell(call);
    }
    if (words.isEmpty() || words.size() > 2) {
      throw new MagicException("%jfr needs to be told how long: " + usage());
    }
    String asked = words.getFirst();
    if (asked.equals(STOP)) {
      stop(call);
      return MagicResult.done();
    }
    Path into = file(words, 1);
    if (asked.equals(START)) {
      start(into);
      call.println("recording; %jfr stop writes " + into);
      return MagicResult.done();
    }
    seconds(call, nanos(asked), into);
    return MagicResult.done();
  }

  private MagicResult cell(MagicCall call) throws Exception {
    if (call.body().isBlank()) {
      throw new MagicException("%%jfr needs a cell to run: " + usage());
    }
    Path into = file(call.words(), 0);
    try (Recording recording = recording()) {
      recording.start();
      EvalResult result = call.runBody(InvokeListener.NONE);
      end(recording, into, call);
      return MagicResult.of(result);
    }
  }

  private static long nanos(String seconds) throws MagicException {
    try {
      double number = Double.parseDouble(seconds);
      if (number > 0 && number <= 86_400) {
        return (long) (number * 1e9);
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new MagicException(
        "%jfr takes seconds, " + START + " or " + STOP + ", and not " + seconds);
  }

  /** An interrupt ends it, and what there is is kept. */
  private void seconds(MagicCall call, long nanos, Path into) throws Exception {
    try (Recording recording = recording()) {
      recording.start();
      boolean interrupted = false;
      try {
        new CountDownLatch(1).await(nanos, TimeUnit.NANOSECONDS);
      } catch (InterruptedException _) {
        interrupted = true;
      }
      end(recording, into, call);
      if (interrupted) {
        throw new InterruptedException();
      }
    }
  }

  private synchronized void start(Path into) throws MagicException {
    if (begun != null) {
      throw new MagicException("%jfr records already; %jfr stop ends that");
    }
    begun = recording();
    file = into;
    begun.start();
  }

  private synchronized void stop(MagicCall call) throws Exception {
    if (begun == null) {
      throw new MagicException("%jfr does not record; %jfr start begins");
    }
    try (Recording recording = begun) {
      begun = null;
      end(recording, file, call);
    }
  }

  private static Recording recording() throws MagicException {
    if (!FlightRecorder.isAvailable()) {
      throw new MagicException("this JVM has no Flight Recorder: use a JDK that has");
    }
    try {
      Recording recording = new Recording(Configuration.getConfiguration("profile"));
      recording.enable("jdk.ExecutionSample").withPeriod(PERIOD);
      return recording;
    } catch (IOException | ParseException | IllegalStateException e) {
      throw new MagicException("Flight Recorder cannot be used: " + e.getMessage(), e);
    }
  }

  private static Path file(List<String> words, int at) throws MagicException {
    Path into =
        words.size() > at ? UserPath.of(words.get(at)) : Path.of(LocalDateTime.now().format(NAME));
    Path absolute = into.toAbsolutePath();
    if (!Files.isDirectory(absolute.getParent()) || Files.isDirectory(absolute)) {
      throw new MagicException(
          "no recording can be written to " + absolute + ": name a file in a folder that is there");
    }
    return absolute;
  }

  private void end(Recording recording, Path into, MagicCall call) throws Exception {
    recording.stop();
    try {
      recording.dump(into);
    } catch (IOException e) {
      throw new MagicException(into + " cannot be written: " + e.getMessage(), e);
    }
    FlightReport report = FlightReport.of(into, trace);
    String head =
        Amounts.duration(
                Duration.between(recording.getStartTime(), recording.getStopTime()).toNanos())
            + " recorded in "
            + into
            + ", "
            + Amounts.bytes(Files.size(into))
            + (report.samples() == 0
                ? "; nothing computed for long enough to be seen"
                : ", with " + report.samples() + " samples of what computed, every 10 ms");
    Sheet sheet = report.sheet();
    boolean empty = sheet.size() == 0;
    call.cell()
        .display(
            MimeBundle.html(
                Html.fragment("<div>" + Html.escape(head) + "</div>" + (empty ? "" : sheet.html())),
                empty ? head : head + "\n" + sheet.text()),
            null);
  }
}
