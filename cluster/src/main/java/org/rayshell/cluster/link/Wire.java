package org.rayshell.cluster.link;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.runtime.ObjectId;

/** How texts, ids and the like are written to a link, and into what tasks are given. */
public final class Wire {
  private static final int NONE = -1;

  private Wire() {}

  /** Writes a part. */
  public interface Writer {
    /** Writes. */
    void write(DataOutputStream out) throws IOException;
  }

  /** Reads a part. */
  public interface Reader<T> {
    /** Reads. */
    T read(DataInputStream in) throws IOException;
  }

  /** The bytes that are written. */
  public static byte[] bytes(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writer.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** What is read from the bytes. */
  public static <T> T read(byte[] bytes, Reader<T> reader) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return reader.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("not what was to be read: length=" + bytes.length, e);
    }
  }

  /** Writes a text or null. */
  public static void text(DataOutputStream out, String text) throws IOException {
    bytes(out, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a text or null. */
  public static String text(DataInputStream in) throws IOException {
    byte[] bytes = bytes(in);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  /** Writes bytes or null. */
  public static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    if (bytes == null) {
      out.writeInt(NONE);
    } else {
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  /** Reads bytes or null; no more are made room for than have come. */
  public static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length == NONE) {
      return null;
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new java.io.EOFException("length=" + length + ", there=" + bytes.length);
    }
    return bytes;
  }

  /** Writes an id. */
  public static void id(DataOutputStream out, ObjectId id) throws IOException {
    out.write(id.toBytes());
  }

  /** Reads an id. */
  public static ObjectId id(DataInputStream in) throws IOException {
    return ObjectId.of(in.readNBytes(ObjectId.BYTES));
  }

  /** Writes a list. */
  public static <T> void list(DataOutputStream out, List<T> list, ItemWriter<T> each)
      throws IOException {
    out.writeInt(list.size());
    for (T item : list) {
      each.write(out, item);
    }
  }

  /** Writes an item. */
  public interface ItemWriter<T> {
    /** Writes. */
    void write(DataOutputStream out, T item) throws IOException;
  }

  /** Reads a list. */
  public static <T> List<T> list(DataInputStream in, Reader<T> each) throws IOException {
    List<T> list = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      list.add(each.read(in));
    }
    return list;
  }

  /** Writes amounts by name. */
  public static void amounts(DataOutputStream out, Map<String, Double> amounts) throws IOException {
    out.writeInt(amounts.size());
    for (Map.Entry<String, Double> each : amounts.entrySet()) {
      text(out, each.getKey());
      out.writeDouble(each.getValue());
    }
  }

  /** Reads amounts by name. */
  public static Map<String, Double> amounts(DataInputStream in) throws IOException {
    Map<String, Double> amounts = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      amounts.put(text(in), in.readDouble());
    }
    return amounts;
  }
}
