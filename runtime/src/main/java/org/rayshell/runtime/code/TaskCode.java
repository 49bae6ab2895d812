package org.rayshell.runtime.code;

import org.rayshell.RayException;
import org.rayshell.runtime.store.ValueCodec;

/** The code that a worker was sent, brought to life: one class loader an export. Thread-safe. */
public final class TaskCode {
  private final ValueCodec codec;

  /** No code yet. */
  public TaskCode(ValueCodec codec) {
    this.codec = codec;
  }

  /** Takes an export in; nothing if it is here. Errors in it show when it is used. */
  public void load(Export export) {
    throw new RayException("not built yet: codec=" + codec);
  }

  /**
   * The loader of an export's classes; the class path's for the empty hash.
   *
   * @throws RayException if that export was never loaded
   */
  public ClassLoader loader(String hash) {
    throw new RayException("not built yet");
  }

  /**
   * Calls what a {@link ShippedCall} names.
   *
   * @param hash its export's hash
   * @param target as {@link ShippedCall#target}
   * @param args the arguments themselves, refs resolved
   * @return what it returned; null for void
   * @throws Throwable what it threw
   */
  public Object invoke(String hash, byte[] target, Object[] args) throws Throwable {
    throw new RayException("not built yet");
  }
}
