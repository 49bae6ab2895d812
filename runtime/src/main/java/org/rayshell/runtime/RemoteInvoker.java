package org.rayshell.runtime;

import org.rayshell.ObjectRef;
import org.rayshell.runtime.code.ShippedCall;

/** Where shipped calls go: the owner of this process. Thread-safe. */
public interface RemoteInvoker {
  /** Submits the call and returns the ref of its result at once. */
  ObjectRef<?> submit(ShippedCall call);
}
