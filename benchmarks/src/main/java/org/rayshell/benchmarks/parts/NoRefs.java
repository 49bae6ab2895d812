package org.rayshell.benchmarks.parts;

import org.rayshell.ObjectRef;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.RefPort;

/** For values without refs. */
final class NoRefs implements RefPort {
  @Override
  public RefAddress lend(ObjectRef<?> ref) {
    throw new IllegalStateException("no ref was expected: " + ref);
  }

  @Override
  public ObjectRef<?> borrow(RefAddress address) {
    throw new IllegalStateException("no ref was expected: " + address);
  }
}
