package org.rayshell.runtime;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The id of an object, 28 bytes as in Ray: a task id (8 unique bytes, 12 of actor id, 4 of job id)
 * and 4 bytes of return index. Immutable. In Ray's form a task that is no actor's has an actor id
 * of twelve 0xff bytes, and the index counts from 1, little endian.
 *
 * @param unique the 8 unique bytes
 * @param job the job's number
 * @param index which of the task's returns, from 1
 */
public record ObjectId(long unique, int job, int index) {
  /** How many bytes an id has. */
  public static final int BYTES = 28;

  private static final int ACTOR_BYTES = 12;

  /** The 28 bytes. */
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).putLong(unique);
    for (int i = 0; i < ACTOR_BYTES; i++) {
      bytes.put((byte) 0xff);
    }
    return bytes.putInt(Integer.reverseBytes(job)).putInt(Integer.reverseBytes(index)).array();
  }

  /** The id that {@link #toBytes} made. */
  public static ObjectId of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("an object id has 28 bytes: length=" + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new ObjectId(
        buffer.getLong(),
        Integer.reverseBytes(buffer.getInt(8 + ACTOR_BYTES)),
        Integer.reverseBytes(buffer.getInt(8 + ACTOR_BYTES + 4)));
  }

  /**
   * The first object of a task, by the 48 hex digits of the task's id or the 56 of any of its
   * objects'; empty if the text is neither.
   */
  public static Optional<ObjectId> parse(String hex) {
    if (!hex.matches("[0-9a-fA-F]{48}([0-9a-fA-F]{8})?")) {
      return Optional.empty();
    }
    ObjectId id = of(HexFormat.of().parseHex(hex.length() == 48 ? hex + "01000000" : hex));
    return Optional.of(id.at(1));
  }

  /** The id of the task that makes the object: the first 24 bytes, 48 hex digits. */
  public String taskId() {
    return toString().substring(0, 48);
  }

  /** The id of another object of the same task, by its index from 1. */
  public ObjectId at(int other) {
    return other == index ? this : new ObjectId(unique, job, other);
  }

  /** 56 hex digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(toBytes());
  }
}
