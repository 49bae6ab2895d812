package org.rayshell.runtime.code;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.RefHandle;
import org.rayshell.runtime.RefPort;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.store.ValueCodec;

/** A driver and its workers in one JVM: nothing but bytes goes between them. */
final class Processes {
  private static final Map<ObjectId, EncodedValue> OBJECTS = new HashMap<>();

  private record Handle(ObjectId id, String owner) implements RefHandle {}

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

  final FakeSession session = new FakeSession();
  final ValueCodec codec = new ValueCodec(PORT);
  final FunctionShipper shipper;
  private final Path directory;

  Processes(Path directory) {
    this.directory = directory;
    shipper = new FunctionShipper(session, codec, directory);
  }

  Worker worker() {
    return new Worker();
  }

  /** A ref to a value that is stored as encoded. */
  static <T> ObjectRef<T> ref(EncodedValue value) {
    ObjectId id = new ObjectId(OBJECTS.size() + 1, 1, 1);
    OBJECTS.put(id, value);
    return new ObjectRef<>(new Handle(id, "driver"));
  }

  ShippedCall call(String name, String key, Object... args) throws Exception {
    return shipper.shipFunction(Processes.class, name, key, null, args);
  }

  /** Ships a call to a new worker and fetches what it returns. */
  Object run(ShippedCall call) throws Throwable {
    return codec.decode(worker().run(call), session.loader());
  }

  Object run(String name, String key, Object... args) throws Throwable {
    return run(call(name, key, args));
  }

  Object runLambda(Object lambda, Object... args) throws Throwable {
    return run(shipper.shipLambda(lambda, null, args));
  }

  /** Another process, as good as. */
  final class Worker {
    final ValueCodec codec = new ValueCodec(PORT);
    final TaskCode code = new TaskCode(codec, directory);
    final FunctionShipper shipper = new FunctionShipper(null, codec);

    EncodedValue run(ShippedCall call) throws Throwable {
      code.load(call.export());
      String hash = call.export().hash();
      TaskCode.Prepared prepared = code.prepare(hash, call.target().bytes());
      return codec.encode(prepared.invoke(args(call)));
    }

    private Object[] args(ShippedCall call) {
      ClassLoader loader = code.loader(call.export().hash());
      List<ShippedCall.Arg> args = call.args();
      return args.stream()
          .map(each ->
              switch (each) {
                case ShippedCall.Arg.Value(var value) -> value;
                case ShippedCall.Arg.Ref(var ref) -> OBJECTS.get(ref.handle().id());
              })
          .map(value -> codec.decode(value, loader))
          .toArray();
    }
  }
}
