package org.rayshell.runtime.code;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.store.SessionCode;

/** Session code as a worker sees it: what its {@link ExportLoader}s define. Thread-safe. */
final class WorkerCode implements SessionCode {
  private final CodeStore store;
  private final BiConsumer<ExportLoader, String> adopter;

  /**
   * The view of a worker.
   *
   * @param adopter has a loader take in the export of a hash
   */
  WorkerCode(CodeStore store, BiConsumer<ExportLoader, String> adopter) {
    this.store = store;
    this.adopter = adopter;
  }

  @Override
  public boolean owns(Class<?> type) {
    return home(type) != null;
  }

  @Override
  public boolean owns(String internalName) {
    return running() != null && running().has(internalName);
  }

  @Override
  public MethodHandles.Lookup lookupIn(Class<?> type) throws ReflectiveOperationException {
    return SessionLookup.privateIn(type);
  }

  @Override
  public Carried carrying(Seen seen) {
    Set<ExportLoader> loaders = new LinkedHashSet<>();
    seen.classes().forEach(type -> loaders.add(home(type)));
    seen.lambdas().stream()
        .filter(form -> owns(form.getCapturingClass()))
        .forEach(_ -> loaders.add(running()));
    List<String> hashes = new ArrayList<>();
    List<ObjectRef<?>> refs = new ArrayList<>();
    for (ExportLoader loader : loaders) {
      ExportLoader.Whole whole = loader.whole();
      store.save(whole.export());
      hashes.add(whole.export().hash());
      refs.addAll(whole.refs());
    }
    return new Carried(hashes, refs);
  }

  @Override
  public void ready(ClassLoader loader, List<String> hashes) {
    if (loader instanceof ExportLoader exports) {
      for (String hash : hashes) {
        if (!exports.knows(hash)) {
          adopter.accept(exports, hash);
        }
      }
    }
  }

  /** The loader that defines a session's class; null if the class is none. */
  static ExportLoader home(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.componentType();
    }
    return element.getClassLoader() instanceof ExportLoader loader ? loader : null;
  }

  /** The loader of the task that the calling thread runs; null if it runs none of a session. */
  static ExportLoader running() {
    return Thread.currentThread().getContextClassLoader() instanceof ExportLoader loader
        ? loader
        : null;
  }
}
