package org.rayshell.kernel.magic;

import org.rayshell.kernel.session.MimeBundle;

/** What is known of names. Thread-safe. */
@FunctionalInterface
public interface Documentation {
  /**
   * Help on what the expression names at its end; null if nothing is known.
   *
   * @param source whether with its source, where that is known
   */
  MimeBundle of(String expression, boolean source);

  /**
   * Help on a name as people write it: {@code String.repeat}, {@code String#repeat(int)}.
   *
   * @throws MagicException if nothing is known
   */
  default MimeBundle find(String written, boolean source) throws MagicException {
    String name = written.replaceFirst("\\(.*\\)\\s*;?$", "").replace('#', '.');
    MimeBundle found = of(name, source);
    int dot = name.lastIndexOf('.');
    if (found == null && dot > 0) {
      // A member of objects, which a class alone has not.
      found = of("((" + name.substring(0, dot) + ") null)" + name.substring(dot), source);
    }
    if (found == null) {
      throw new MagicException(
          "nothing is known of "
              + name
              + ": write a class as a cell would, and a member as String.repeat");
    }
    return found;
  }
}
