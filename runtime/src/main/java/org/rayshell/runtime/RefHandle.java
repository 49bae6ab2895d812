package org.rayshell.runtime;

/** What an {@link org.rayshell.ObjectRef} stands for inside this process. Thread-safe. */
public interface RefHandle {
  /** The object's id. */
  ObjectId id();

  /**
   * The listening socket's name of the process that owns the object, {@code driver} or {@code w7}.
   */
  String owner();
}
