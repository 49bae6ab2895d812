package org.rayshell.runtime.code;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.rayshell.RayException;
import org.rayshell.runtime.LatestMap;
import org.rayshell.runtime.store.ValueCodec;

/**
 * The code that a worker was sent, brought to life: one class loader an export. Thread-safe, but
 * calls are made by one thread. The least recently used loaders go when there are many; their
 * exports have to be loaded again then.
 */
public final class TaskCode {
  private static final int MOST_LOADERS = 128;

  private final ValueCodec codec;
  private final CodeStore store;
  private final Map<List<String>, ClassLoader> classPaths = new ConcurrentHashMap<>();

  /** Most often the next call is of the same. */
  private volatile Prepared latest;

  private final Map<String, ExportLoader> loaders = LatestMap.lastUsed(MOST_LOADERS);

  /** No code yet, and none to be had for values that need other code than the task's. */
  public TaskCode(ValueCodec codec) {
    this(codec, (Path) null);
  }

  /**
   * No code yet.
   *
   * @param codec a worker's: it learns here which classes are a session's
   * @param sessionDirectory where the processes of the session keep the code of values; null for
   *     nowhere
   */
  public TaskCode(ValueCodec codec, Path sessionDirectory) {
    this(codec, CodeStore.in(sessionDirectory));
  }

  /**
   * No code yet.
   *
   * @param codec a worker's: it learns here which classes are a session's
   * @param store where the processes of the session keep the code of values
   */
  public TaskCode(ValueCodec codec, CodeStore store) {
    this.codec = codec;
    this.store = store;
    codec.attach(new WorkerCode(store, this::adopt));
  }

  /** Takes an export in; nothing if it is here. */
  public void load(Export export) {
    synchronized (loaders) {
      if (loaders.get(export.hash()) == null) {
        loaders.put(export.hash(), bringUp(export));
      }
    }
  }

  /**
   * The loader of an export's classes; one without classes of its own for the empty hash.
   *
   * @throws RayException if that export was never loaded
   */
  public ClassLoader loader(String hash) {
    return find(hash);
  }

  private ExportLoader find(String hash) {
    if (hash.isEmpty()) {
      load(Export.CLASS_PATH);
    }
    synchronized (loaders) {
      ExportLoader loader = loaders.get(hash);
      if (loader == null) {
        throw new RayException("this worker was not sent the code of the task: export=" + hash);
      }
      return loader;
    }
  }

  /**
   * A call that is about to be made. Sets the captured variables that it reads: to be done once a
   * call, before its arguments are decoded, since constructors of records may read them too.
   *
   * @param hash its export's hash
   * @param target as {@link ShippedCall#target}
   */
  public Prepared prepare(String hash, byte[] target) {
    ExportLoader loader = find(hash);
    Prepared known = latest;
    if (known == null || known.loader != loader || !Arrays.equals(known.target, target)) {
      known = new Prepared(loader, target);
      latest = known;
    }
    loader.apply(known.called.values());
    return known;
  }

  /** A call that {@link #prepare} made ready. */
  public final class Prepared {
    private final ExportLoader loader;
    private final byte[] target;
    private final Target called;

    /** One that serves all calls; null until it is here, or if each needs its own. */
    private Object constant;

    private Prepared(ExportLoader loader, byte[] target) {
      this.loader = loader;
      this.target = target;
      this.called = Target.decode(target);
    }

    /**
     * Calls what a {@link ShippedCall} names.
     *
     * @param args the arguments themselves, refs resolved
     * @return what it returned; null for void
     * @throws Throwable what it threw
     */
    public Object invoke(Object[] args) throws Throwable {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(loader);
      try {
        return called instanceof Target.Function(Member method, _)
            ? call(loader.method(method), args)
            : call(lambda((Target.Lambda) called), args);
      } finally {
        thread.setContextClassLoader(before);
      }
    }

    private Object lambda(Target.Lambda wanted) {
      if (constant != null) {
        return constant;
      }
      Object lambda = codec.decode(wanted.lambda(), loader);
      constant = wanted.constant() ? lambda : null;
      return lambda;
    }
  }

  private static Object call(Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(null, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } catch (IllegalArgumentException e) {
      throw Arguments.refused(method, args, e);
    }
  }

  private static Object call(Object lambda, Object[] args) throws Throwable {
    return CallInterfaces.call(lambda, args);
  }

  private void adopt(ExportLoader loader, String hash) {
    ExportLoader other;
    synchronized (loaders) {
      other = loaders.get(hash);
    }
    Export export = other == null ? store.find(hash) : other.export();
    if (export == null) {
      throw new RayException(
          "the code of a value is not here: export="
              + hash
              + "; declare the parameter with the value's own type, so that its code is sent along");
    }
    Contents contents = Contents.of(export, codec);
    loader.adopt(hash, contents, classPath(contents.classPath()));
  }

  private ExportLoader bringUp(Export export) {
    Contents contents = Contents.of(export, codec);
    return new ExportLoader(export, contents, classPath(contents.classPath()), codec);
  }

  /** One loader a class path, so that its classes are the same to all exports. */
  private ClassLoader classPath(List<String> paths) {
    ClassLoader worker = TaskCode.class.getClassLoader();
    if (paths.isEmpty()) {
      return worker;
    }
    return classPaths.computeIfAbsent(
        paths,
        _ ->
            new URLClassLoader(
                "added",
                paths.stream().map(store::classPath).map(TaskCode::url).toArray(URL[]::new),
                worker));
  }

  private static URL url(String path) {
    try {
      return new File(path).toURI().toURL();
    } catch (MalformedURLException e) {
      throw new RayException("not a path: " + path, e);
    }
  }
}
