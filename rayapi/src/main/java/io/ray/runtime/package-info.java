/**
 * The one class that ray-api looks up by its name; nothing else is to be here, since ray-runtime
 * has this package, too.
 */
package io.ray.runtime;
