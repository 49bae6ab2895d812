package org.rayshell.kernel.assist;

import java.nio.file.Path;

/** The sources of libraries, or their Javadoc. Thread-safe. */
public interface SourceJars {
  /** Of no library. */
  SourceJars NONE =
      new SourceJars() {
        @Override
        public Found of(Path jar) {
          return Found.nothing("");
        }

        @Override
        public long version() {
          return 0;
        }
      };

  /**
   * What is known of a library's sources.
   *
   * @param jar null if there is none, or none yet
   * @param javadoc the jar of its Javadoc, where there are no sources; or null
   * @param remark why there is none; empty if that needs no words
   */
  record Found(Path jar, Path javadoc, String remark) {
    /** The sources. */
    public static Found sources(Path jar) {
      return new Found(jar, null, "");
    }

    /** The Javadoc alone. */
    public static Found javadoc(Path jar) {
      return new Found(null, jar, "");
    }

    /** Neither, and why. */
    public static Found nothing(String remark) {
      return new Found(null, null, remark);
    }
  }

  /** The jar of the sources of a library's jar; returns at once. */
  Found of(Path jar);

  /** Changes when there is more to be found than before. */
  long version();
}
