package org.rayshell.kernel.eval;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.invoke.MethodHandles;

/** Whether this JVM runs classes that use preview features. */
final class PreviewClasses {
  private PreviewClasses() {}

  /** Finds out by such a class. */
  static boolean run() {
    byte[] bytes =
        ClassFile.of()
            .build(
                ClassDesc.of(PreviewClasses.class.getPackageName(), "Preview"),
                type ->
                    type.withVersion(
                        ClassFile.latestMajorVersion(), ClassFile.PREVIEW_MINOR_VERSION));
    try {
      MethodHandles.lookup().defineHiddenClass(bytes, false);
      return true;
    } catch (UnsupportedClassVersionError _) {
      return false;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
