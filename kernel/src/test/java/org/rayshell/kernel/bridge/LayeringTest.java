package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rayshell.kernel.JavaEngine;

class LayeringTest {
  private static final String RUNTIME = "org/rayshell/runtime/";
  private static final String BRIDGE = "org/rayshell/kernel/bridge/";

  @Test
  void onlyTheBridgeTouchesTheRuntimeBeyondTheApi() throws Exception {
    TreeSet<String> offenders = new TreeSet<>();
    int bridges = 0;
    for (Path each : classes()) {
      ClassModel model = ClassFile.of().parse(each);
      String name = model.thisClass().asInternalName();
      List<String> used = runtimeClasses(model);
      if (name.startsWith(BRIDGE)) {
        bridges += used.isEmpty() ? 0 : 1;
      } else {
        used.forEach(type -> offenders.add(name + " uses " + type));
      }
    }
    assertTrue(bridges > 0, "the test looks at no class of the bridge");
    assertEquals(new TreeSet<>(), offenders);
  }

  private static List<Path> classes() throws Exception {
    Path root =
        Path.of(JavaEngine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    } catch (IOException e) {
      throw new AssertionError("the classes are not in a folder: " + root, e);
    }
  }

  private static List<String> runtimeClasses(ClassModel model) {
    List<String> found = new ArrayList<>();
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof ClassEntry type && type.asInternalName().startsWith(RUNTIME)) {
        found.add(type.asInternalName());
      }
    }
    return found;
  }
}
