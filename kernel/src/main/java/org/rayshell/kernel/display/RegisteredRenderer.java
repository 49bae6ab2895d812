package org.rayshell.kernel.display;

import io.github.spencerpark.jupyter.kernel.display.DisplayDataRenderable;
import io.github.spencerpark.jupyter.kernel.display.RenderFunction;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.common.Image;
import io.github.spencerpark.jupyter.kernel.display.common.Text;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** basekernel's renderer, which can tell what users have registered. As thread-safe as that. */
final class RegisteredRenderer extends Renderer {
  private final Set<Class<?>> registered = ConcurrentHashMap.newKeySet();

  /** Images and text are known. */
  RegisteredRenderer() {
    Text.registerAll(this);
    Image.registerAll(this);
    registered.clear();
  }

  @Override
  public <T> void register(
      Set<MIMEType> supported,
      Set<MIMEType> preferred,
      Set<Class<? extends T>> types,
      RenderFunction<T> function) {
    super.register(supported, preferred, types, function);
    registered.addAll(types);
  }

  /** Whether users have said how the value is shown, or it says so itself. */
  boolean hasOwn(Object value) {
    if (value instanceof DisplayDataRenderable) {
      return true;
    }
    for (Class<?> each : registered) {
      if (each.isInstance(value)) {
        return true;
      }
    }
    return false;
  }
}
