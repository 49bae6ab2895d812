package org.rayshell.kernel.testkit;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.spencerpark.jupyter.kernel.comm.Comm;
import io.github.spencerpark.jupyter.kernel.comm.CommManager;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.comm.CommCloseCommand;
import io.github.spencerpark.jupyter.messages.comm.CommMsgCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.Engine;
import org.rayshell.kernel.session.MimeBundle;
import org.rayshell.kernel.session.SessionContext;

/** An engine whose cells are commands, one a line, to try each part of a session by. */
public final class EchoEngine implements Engine {
  private final SessionContext context;
  private final List<Thread> left = new ArrayList<>();
  private CountDownLatch release = new CountDownLatch(1);
  private final Map<String, CountDownLatch> signals = new ConcurrentHashMap<>();
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();
  private Comm comm;

  /** For the session. */
  public EchoEngine(SessionContext context) {
    this.context = context;
  }

  @Override
  public void start() {
    context
        .comms()
        .registerTarget("echo", (manager, id, target, open) -> new EchoComm(manager, id, target));
    if (Boolean.getBoolean("echo.slow")) {
      awaitForever();
    }
    if (Boolean.getBoolean("echo.broken")) {
      throw new IllegalStateException("broken on purpose");
    }
  }

  private static void awaitForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends back what it gets, and says what happens to it. */
  private static final class EchoComm extends Comm {
    EchoComm(CommManager manager, String id, String target) {
      super(manager, id, target);
    }

    @Override
    protected void onMessage(Message<CommMsgCommand> message) {
      System.out.print("comm says " + message.getContent().getData());
      if (message.getContent().getData().has("throw")) {
        throw new StackOverflowError("out of a comm");
      }
      send(message.getContent().getData(), message.getMetadata(), message.getBlobs());
    }

    @Override
    protected void onClose(Message<CommCloseCommand> message, boolean sending) {
      System.out.print("comm closed " + (sending ? "here" : "there"));
    }
  }

  @Override
  public ExecuteResult execute(String code, Cell cell) {
    running.add(Thread.currentThread());
    try {
      ExecuteResult result = new ExecuteResult.Ok(null, List.of());
      for (String line : code.lines().toList()) {
        String[] words = line.split(" ", 2);
        result = command(words[0], words.length > 1 ? words[1] : "", cell);
        if (result instanceof ExecuteResult.Failed) {
          return result;
        }
      }
      return result;
    } catch (InterruptedException e) {
      return new ExecuteResult.Failed("Interrupted", "by the user", List.of("Interrupted"));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      running.remove(Thread.currentThread());
    }
  }

  private ExecuteResult command(String name, String rest, Cell cell) throws Exception {
    switch (name) {
      case "echo" -> {
        return text(rest);
      }
      case "print" -> System.out.println(rest);
      case "raw" -> System.out.print(rest.replace("\\r", "\r"));
      case "err" -> System.err.println(rest);
      case "lines" -> {
        for (int i = 0; i < Integer.parseInt(rest); i++) {
          System.out.println("line " + i);
        }
      }
      case "megabytes" -> {
        String part = "x".repeat(1 << 10) + "\n";
        for (int i = 0; i < Integer.parseInt(rest) << 10; i++) {
          System.out.print(part);
        }
      }
      case "bytes" -> {
        for (byte b : rest.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
          System.out.write(b);
        }
      }
      case "surrogate" -> System.out.print("a\ud83db");
      case "surrogateresult" -> {
        return text("a\ud83db");
      }
      case "nan" -> {
        JsonObject json = new JsonObject();
        json.add("value", new JsonPrimitive(Double.NaN));
        return new ExecuteResult.Ok(
            new MimeBundle(Map.of("application/json", json), json), List.of());
      }
      case "throw" -> sneak((Throwable) Class.forName(rest).getConstructor().newInstance());
      case "overflow" -> overflow(0);
      case "exhaust" -> exhaust();
      case "fail" -> {
        return new ExecuteResult.Failed("Failed", rest, List.of(rest));
      }
      case "sleep" -> new CountDownLatch(1).await();
      case "await" -> signal(rest).await();
      case "signal" -> signal(rest).countDown();
      case "ask" -> {
        return text(cell.input(rest, false));
      }
      case "password" -> {
        return text(cell.input(rest, true));
      }
      case "readline" -> {
        return text(new Scanner(System.in, java.nio.charset.StandardCharsets.UTF_8).nextLine());
      }
      default -> {
        return more(name, rest, cell);
      }
    }
    return new ExecuteResult.Ok(null, List.of());
  }

  private CountDownLatch signal(String name) {
    return signals.computeIfAbsent(name, _ -> new CountDownLatch(1));
  }

  private ExecuteResult more(String name, String rest, Cell cell) throws Exception {
    switch (name) {
      case "display" -> cell.display(MimeBundle.html("<b>" + rest + "</b>", rest), "d1");
      case "plain" -> cell.display(MimeBundle.text(rest), null);
      case "update" -> cell.updateDisplay(MimeBundle.text(rest), "d1");
      case "clear" -> cell.clearOutput(Boolean.parseBoolean(rest));
      case "page" -> {
        return new ExecuteResult.Ok(null, List.of(new Payload("page", MimeBundle.text(rest), 0)));
      }
      case "later" -> leave(() -> System.out.println(rest));
      case "updatelater" -> leave(() -> cell.updateDisplay(MimeBundle.text(rest), "d1"));
      case "asklater" -> leave(() -> System.out.println(askQuietly(cell, rest)));
      case "release" -> {
        release.countDown();
        for (Thread thread : left) {
          thread.join();
        }
        left.clear();
        release = new CountDownLatch(1);
      }
      case "parallel" ->
          Stream.iterate(0, i -> i + 1)
              .limit(200)
              .parallel()
              .forEach(i -> System.out.println(rest + i));
      case "open" -> comm = context.comms().openComm("front", EchoEngine::front);
      case "send" -> comm.send(context.comms() == null ? null : new JsonObject());
      case "close" -> comm.close();
      case "exit" -> System.exit(Integer.parseInt(rest));
      case "log" -> org.slf4j.LoggerFactory.getLogger("user").warn(rest);
      default -> {
        return new ExecuteResult.Failed("UnknownCommand", name, List.of(name));
      }
    }
    return new ExecuteResult.Ok(null, List.of());
  }

  private static Comm front(
      CommManager manager,
      String id,
      String target,
      Message<io.github.spencerpark.jupyter.messages.comm.CommOpenCommand> open) {
    return new EchoComm(manager, id, target);
  }

  private static String askQuietly(Cell cell, String prompt) {
    try {
      return cell.input(prompt, false);
    } catch (Exception e) {
      return e.toString();
    }
  }

  private void leave(Runnable action) {
    CountDownLatch latch = release;
    left.add(
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                latch.await();
                action.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }));
  }

  private static int overflow(int depth) {
    return overflow(depth + 1) + 1;
  }

  private static void exhaust() {
    List<long[]> all = new ArrayList<>();
    while (true) {
      all.add(new long[1 << 22]);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable e) throws T {
    throw (T) e;
  }

  private static ExecuteResult text(String text) {
    return new ExecuteResult.Ok(MimeBundle.text(text), List.of());
  }

  @Override
  public Completion complete(String code, int cursor) {
    explode(code);
    int start = cursor;
    while (start > 0 && Character.isLetter(code.charAt(start - 1))) {
      start--;
    }
    String prefix = code.substring(start, cursor);
    List<Match> matches =
        Stream.of("echo", "err", "explode")
            .filter(word -> word.startsWith(prefix))
            .map(word -> new Match(word, "command", "(text)"))
            .toList();
    return new Completion(matches, start, cursor);
  }

  @Override
  public Inspection inspect(String code, int cursor, int detail) {
    explode(code);
    return new Inspection(
        code.isEmpty() ? null : MimeBundle.text("cursor=" + cursor + " detail=" + detail));
  }

  @Override
  public Completeness isComplete(String code) {
    explode(code);
    if (code.endsWith("\\")) {
      return new Completeness("incomplete", "  ");
    }
    return new Completeness(code.equals("!") ? "invalid" : "complete", "");
  }

  private static void explode(String code) {
    if (code.startsWith("explode")) {
      throw new StackOverflowError("on purpose");
    }
  }

  @Override
  public void interrupt() {
    running.forEach(Thread::interrupt);
  }

  @Override
  public KernelInfo info() {
    return new KernelInfo(
        "echo",
        "1.0",
        "An echo",
        System.getProperty("java.version"),
        List.of(new HelpLink("Help", "https://jupyter.org")));
  }

  @Override
  public void beforeIdle() {
    if (Boolean.getBoolean("echo.beforeIdleThrows")) {
      throw new IllegalStateException("before idle");
    }
  }

  @Override
  public void close() {
    if (Boolean.getBoolean("echo.closeHangs")) {
      awaitForever();
    }
  }
}
