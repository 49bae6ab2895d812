package org.rayshell.runtime.owner;

import org.rayshell.runtime.RefAddress;

/** What this process knows of an object of another one. */
final class BorrowedObject extends ObjectState {
  private final String owner;

  BorrowedObject(RefAddress address, Owner home) {
    super(address.id(), home);
    this.owner = address.owner();
  }

  @Override
  public String owner() {
    return owner;
  }
}
