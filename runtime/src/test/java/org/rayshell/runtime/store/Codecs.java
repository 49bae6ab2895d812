package org.rayshell.runtime.store;

import org.rayshell.ObjectRef;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.RefHandle;
import org.rayshell.runtime.RefPort;

/** Codecs for tests: a port whose refs are plain addresses. */
final class Codecs {
  /** A ref that stands for nothing but its address. */
  record Handle(ObjectId id, String owner) implements RefHandle {}

  private static final RefPort PORT =
      new RefPort() {
        @Override
        public RefAddress lend(ObjectRef<?> ref) {
          return new RefAddress(ref.handle().id(), ref.handle().owner());
        }

        @Override
        public ObjectRef<?> borrow(RefAddress address) {
          return new ObjectRef<>(new Handle(address.id(), address.owner()));
        }
      };

  private Codecs() {}

  static ValueCodec codec() {
    return new ValueCodec(PORT);
  }

  static ObjectRef<Object> ref(long unique) {
    return new ObjectRef<>(new Handle(new ObjectId(unique, 1, 1), "driver"));
  }

  /** The value after a journey. */
  @SuppressWarnings("unchecked")
  static <T> T travel(T value) {
    ValueCodec codec = codec();
    return (T) codec.decode(codec.encode(value), Codecs.class.getClassLoader());
  }
}
