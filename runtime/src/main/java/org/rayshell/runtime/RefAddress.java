package org.rayshell.runtime;

/**
 * A ref as it travels inside values; immutable.
 *
 * @param id the object
 * @param owner the owning process, as {@link RefHandle#owner}
 */
public record RefAddress(ObjectId id, String owner) {}
