package org.rayshell.cluster.task;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.rayshell.ObjectRef;
import org.rayshell.RayException;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.RefPort;
import org.rayshell.runtime.cluster.Cluster;
import org.rayshell.runtime.store.EncodedValue;

/**
 * The refs of a worker's values: Ray keeps their objects for as long as a handle is reachable.
 * Thread-safe.
 */
final class WorkerRefs implements RefPort {
  /** So many entries of refs that are gone may there be before they are looked for. */
  private static final int CLEAN_AT = 1_000;

  private final Map<RefAddress, WeakReference<RayHandle>> known = new ConcurrentHashMap<>();

  @Override
  public RefAddress lend(ObjectRef<?> ref) {
    return handle(ref).address();
  }

  @Override
  public ObjectRef<?> borrow(RefAddress address) {
    WeakReference<RayHandle> weak = known.get(address);
    RayHandle handle = weak == null ? null : weak.get();
    if (handle == null) {
      throw new RayException("a ref came without its object: " + address);
    }
    return new ObjectRef<>(handle);
  }

  /** The handle of a ref of this process. */
  static RayHandle handle(ObjectRef<?> ref) {
    if (ref.handle() instanceof RayHandle handle) {
      return handle;
    }
    throw new RayException("not a ref of this session: " + ref);
  }

  /** The value, with its refs known here for as long as it is reachable. */
  EncodedValue value(Cluster.Part part) {
    if (part.refs().isEmpty()) {
      return new EncodedValue(part.bytes());
    }
    List<ObjectRef<?>> refs = new ArrayList<>();
    for (Cluster.Contained each : part.refs()) {
      RayHeld held = (RayHeld) each.held();
      RayHandle handle = new RayHandle(each.address(), each.address().id().index(), () -> held);
      known.put(each.address(), new WeakReference<>(handle));
      refs.add(new ObjectRef<>(handle));
    }
    if (known.size() > CLEAN_AT) {
      known.values().removeIf(each -> each.get() == null);
    }
    return new EncodedValue(part.bytes(), List.copyOf(refs));
  }

  /** The value as it travels. */
  static Cluster.Part part(EncodedValue value) {
    List<Cluster.Contained> refs = new ArrayList<>();
    for (ObjectRef<?> ref : value.refs()) {
      RayHandle handle = handle(ref);
      refs.add(new Cluster.Contained(handle.address(), handle.at().held()));
    }
    return new Cluster.Part(value.bytes(), refs);
  }
}
