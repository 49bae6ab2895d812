package org.rayshell.kernel.magic;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.rayshell.kernel.eval.CellTrace;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.eval.InvokeListener;

/** {@code %javap NAME}: the members or the bytecode of a class, of cells too. */
final class JavapMagic implements Magic {
  private static final Set<String> FLAGS = Set.of("-c", "-p", "-v", "-s", "-l");
  private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$.]*");

  /** What JShell puts before the names of cells' classes and methods. */
  private static final Pattern OF_CELLS = Pattern.compile("REPL[./]\\$JShell\\$\\w+[.$]");

  /** What says where the class was put for javap, or the kernel's name of a cell. */
  private static final Pattern OF_FILES =
      Pattern.compile(
          "(?m)^(?:Classfile |  Last modified |Warning: File |Compiled from \"\\$JShell\\$).*\\R");

  private final Evaluator java;

  JavapMagic(Evaluator java) {
    this.java = java;
  }

  @Override
  public String name() {
    return "javap";
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE);
  }

  @Override
  public String usage() {
    return "%javap [-c] [-p] [-s] [-l] [-v] NAME";
  }

  @Override
  public String summary() {
    return "the members of a class, or of what holds a method of a cell; -c with their bytecode,"
        + " -p private ones too, and the other options of javap";
  }

  @Override
  public List<String> words(List<String> before) {
    return FLAGS.stream().sorted().toList();
  }

  @Override
  public MagicResult run(MagicCall call) throws Exception {
    MagicOptions options = MagicOptions.read(call, this, FLAGS, Set.of()).atMost(1, this);
    if (options.rest().isEmpty()) {
      throw new MagicException("%javap needs the name of a class or of a method: " + usage());
    }
    String name = options.rest().getFirst();
    if (!NAME.matcher(name).matches()) {
      throw new MagicException("%javap takes the name of a class or of a method: " + name);
    }
    List<String> flags = FLAGS.stream().filter(options::has).toList();
    Map<String, byte[]> classes = find(name, call);
    for (byte[] bytes : classes.values()) {
      call.cell().stream(false, readable(disassembled(bytes, flags)));
    }
    return MagicResult.done();
  }

  /** Class files by binary name. */
  private Map<String, byte[]> find(String name, MagicCall call) throws Exception {
    Map<String, byte[]> found = new LinkedHashMap<>();
    for (String each : java.definitions().classesOfMethods(name)) {
      found.put(each, java.classBytes(each.replace('.', '/')));
    }
    found.values().removeIf(each -> each == null);
    if (!found.isEmpty()) {
      return found;
    }
    // As a cell sees it: by its simple name if that is imported or defined in a cell.
    EvalResult result = call.java().run(name + ".class", InvokeListener.NONE);
    if (!(result instanceof EvalResult.Ok ok) || !(ok.value() instanceof Class<?> type)) {
      throw new MagicException(
          "there is no class or method "
              + name
              + " here: import the class, or write its name with its package");
    }
    found.put(type.getName(), bytes(type));
    return found;
  }

  private byte[] bytes(Class<?> type) throws MagicException {
    String internal = type.getName().replace('.', '/');
    if (CellTrace.isOfSession(type.getName())) {
      byte[] bytes = java.classBytes(internal);
      if (bytes != null) {
        return bytes;
      }
    }
    String file = internal + ".class";
    try (InputStream in =
        type.getClassLoader() == null
            ? ClassLoader.getSystemResourceAsStream(file)
            : type.getClassLoader().getResourceAsStream(file)) {
      if (in != null) {
        return in.readAllBytes();
      }
    } catch (IOException e) {
      throw new MagicException("the class file of " + type.getName() + " cannot be read", e);
    }
    throw new MagicException("the class file of " + type.getName() + " is not to be had");
  }

  private static String disassembled(byte[] bytes, List<String> flags) throws MagicException {
    ToolProvider javap =
        ToolProvider.findFirst("javap")
            .orElseThrow(() -> new MagicException("this Java has no javap: use a full JDK"));
    Path file = null;
    try {
      file = Files.createTempFile("rayshell", ".class");
      Files.write(file, bytes);
      StringWriter text = new StringWriter();
      PrintWriter out = new PrintWriter(text);
      List<String> arguments = new ArrayList<>(flags);
      arguments.add(file.toString());
      javap.run(out, out, arguments.toArray(String[]::new));
      return text.toString();
    } catch (IOException e) {
      throw new MagicException("javap failed: " + e.getMessage(), e);
    } finally {
      delete(file);
    }
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException _) {
      // It is in the folder for what may be deleted.
    }
  }

  /** With names as cells have them. */
  private static String readable(String text) {
    return OF_CELLS.matcher(OF_FILES.matcher(text).replaceAll("")).replaceAll("");
  }
}
