package org.rayshell.runtime;

import java.util.List;
import org.rayshell.ObjectRef;
import org.rayshell.ObjectRefGenerator;
import org.rayshell.runtime.code.ShippedCall;

/** Where shipped calls go: the owner of this process. Thread-safe. */
public interface RemoteInvoker {
  /** Submits the call and returns the ref of its result at once. */
  ObjectRef<?> submit(ShippedCall call);

  /** Submits a call that has as many results as its options say. */
  List<ObjectRef<?>> submitMany(ShippedCall call);

  /** Submits a call that makes one result after the other. */
  ObjectRefGenerator<?> submitStream(ShippedCall call);
}
