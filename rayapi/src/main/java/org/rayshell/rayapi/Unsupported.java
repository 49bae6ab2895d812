package org.rayshell.rayapi;

/** What Ray Java's API has and this runtime has not. */
final class Unsupported {
  private Unsupported() {}

  /** The exception for a part of the API. */
  static UnsupportedOperationException of(String what) {
    return new UnsupportedOperationException(
        what
            + ": RayShell runs tasks and objects of Ray Java's programs, not this; run the program"
            + " on a Ray cluster, with io.ray:ray-runtime in place of rayshell-ray-api");
  }
}
