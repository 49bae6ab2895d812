package org.rayshell.kernel.eval;

import java.lang.classfile.ClassHierarchyResolver;
import java.util.Map;

/** What is done to the classes of cells so that they can be shipped. Thread-safe. */
public interface ClassPreparation {
  /** Leaves the classes as the compiler made them. */
  ClassPreparation NONE =
      new ClassPreparation() {
        @Override
        public byte[] prepare(byte[] classBytes, ClassHierarchyResolver hierarchy) {
          return classBytes;
        }

        @Override
        public Map<String, byte[]> helpers(String packageName) {
          return Map.of();
        }
      };

  /**
   * The bytes that are kept for shipping and, with stop checks woven in, run in this process.
   *
   * @param hierarchy knows the session's classes
   */
  byte[] prepare(byte[] classBytes, ClassHierarchyResolver hierarchy);

  /** Further classes, by binary name, that the package of the snippets needs. */
  Map<String, byte[]> helpers(String packageName);
}
