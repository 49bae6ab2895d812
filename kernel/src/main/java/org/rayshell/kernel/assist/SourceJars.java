package org.rayshell.kernel.assist;

import java.nio.file.Path;

/** The sources of libraries. Thread-safe. */
public interface SourceJars {
  /** Of no library. */
  SourceJars NONE =
      new SourceJars() {
        @Override
        public Found of(Path jar) {
          return new Found(null, "");
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
   * @param remark why there is none; empty if that needs no words
   */
  record Found(Path jar, String remark) {}

  /** The jar of the sources of a library's jar; returns at once. */
  Found of(Path jar);

  /** Changes when there is more to be found than before. */
  long version();
}
