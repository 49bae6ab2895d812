package org.rayshell.runtime;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The runtime's log, from a level on. The logger is looked up when there is something to say.
 *
 * @param least the least level that is logged
 */
record RuntimeLog(Level least) {
  void warn(String line) {
    if (Level.WARN.toInt() >= least.toInt()) {
      Logger logger = LoggerFactory.getLogger("org.rayshell.runtime");
      logger.warn(line);
    }
  }
}
