package org.rayshell.kernel.hint;

/** What is said of class files of a newer JDK. */
final class ClassVersions {
  static final String NEWER =
      "it was compiled for a newer Java than this kernel's "
          + Runtime.version().feature()
          + ": take an earlier version of the library, or run install/kernel with a newer JDK";

  private ClassVersions() {}
}
