package io.ray.runtime;

import io.ray.api.runtime.RayRuntime;
import io.ray.api.runtime.RayRuntimeFactory;
import org.rayshell.rayapi.BoundRuntime;

/**
 * What {@code io.ray.api.Ray.init()} looks for, by this name, and starts: here RayShell's runtime
 * in place of Ray's. Without state.
 */
public final class DefaultRayRuntimeFactory implements RayRuntimeFactory {
  @Override
  public RayRuntime createRayRuntime() {
    return BoundRuntime.start();
  }
}
