package org.rayshell.kernel.display;

import org.rayshell.kernel.session.MimeBundle;

/** A value of the kernel's own that knows how it is shown. */
public interface Showable {
  /** How it is shown under the calling thread's cell. */
  MimeBundle bundle();
}
