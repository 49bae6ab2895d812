package org.rayshell.cluster.task;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes with refs of Ray's, as a value that Ray itself serializes: so it knows of the refs, and
 * keeps their objects. Bytes without refs travel as they are. Immutable once read.
 */
public final class Envelope implements Externalizable {
  private static final long serialVersionUID = 1L;

  private byte[] bytes;
  private transient List<io.ray.api.ObjectRef<?>> refs;

  /** For the serializer. */
  public Envelope() {}

  private Envelope(byte[] bytes, List<io.ray.api.ObjectRef<?>> refs) {
    this.bytes = bytes;
    this.refs = refs;
  }

  /** What is given to Ray: the bytes alone if there are no refs. */
  static Object wrap(byte[] bytes, List<io.ray.api.ObjectRef<?>> refs) {
    return refs.isEmpty() ? bytes : new Envelope(bytes, refs);
  }

  /** What Ray has given. */
  static Envelope of(Object given) {
    return given instanceof byte[] plain ? new Envelope(plain, List.of()) : (Envelope) given;
  }

  byte[] bytes() {
    return bytes;
  }

  List<io.ray.api.ObjectRef<?>> refs() {
    return refs;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
    out.writeInt(refs.size());
    for (io.ray.api.ObjectRef<?> ref : refs) {
      out.writeObject(ref);
    }
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
    bytes = new byte[in.readInt()];
    in.readFully(bytes);
    int count = in.readInt();
    refs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      refs.add((io.ray.api.ObjectRef<?>) in.readObject());
    }
  }
}
