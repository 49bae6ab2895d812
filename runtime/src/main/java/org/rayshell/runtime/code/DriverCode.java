package org.rayshell.runtime.code;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import org.rayshell.runtime.LatestMap;
import org.rayshell.runtime.store.SessionCode;
import org.rayshell.runtime.store.ValueCodec;

/** Session code as the driver sees it: what the {@link CodeSource} made. Thread-safe. */
final class DriverCode implements SessionCode {
  private static final int MOST_SHIPMENTS = 1024;

  private final CodeSource source;
  private final ValueCodec codec;
  private final CodeStore store;

  private final Map<Roots, Shipment> shipments = LatestMap.lastUsed(MOST_SHIPMENTS);

  DriverCode(CodeSource source, ValueCodec codec, CodeStore store) {
    this.source = source;
    this.codec = codec;
    this.store = store;
  }

  /** The shipment that begins at these roots. */
  Shipment shipment(Roots roots) {
    synchronized (shipments) {
      return shipments.computeIfAbsent(roots, start -> new Shipment(source, codec, start));
    }
  }

  @Override
  public boolean owns(Class<?> type) {
    return !type.isPrimitive() && source.isSessionClass(Roots.internal(type));
  }

  @Override
  public boolean owns(String internalName) {
    return source.isSessionClass(internalName);
  }

  @Override
  public MethodHandles.Lookup lookupIn(Class<?> type) throws ReflectiveOperationException {
    return SessionLookup.privateIn(type);
  }

  @Override
  public Carried carrying(Seen seen) {
    Roots roots = Roots.of(seen);
    Shipment.Whole whole = shipment(roots).whole(roots);
    store.save(whole.export());
    return new Carried(List.of(whole.export().hash()), whole.refs());
  }

  @Override
  public byte[] classFile(String internalName) {
    return source.classBytes(internalName);
  }

  @Override
  public void ready(ClassLoader loader, List<String> hashes) {
    // The driver's own loader has every class of the session.
  }
}
