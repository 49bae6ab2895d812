package org.rayshell.cluster.task;

import org.rayshell.cluster.link.GatewayLink;
import org.rayshell.runtime.code.CodeStore;
import org.rayshell.runtime.code.Export;

/** The code of a session, which its gateway keeps. Thread-safe. */
record LinkedCode(GatewayLink link) implements CodeStore {
  @Override
  public void save(Export export) {
    link.export(export.hash(), export.bytes());
  }

  @Override
  public Export find(String hash) {
    byte[] bytes = link.export(hash);
    return bytes == null ? null : new Export(hash, bytes);
  }
}
