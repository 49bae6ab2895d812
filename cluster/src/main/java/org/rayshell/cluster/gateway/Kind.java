package org.rayshell.cluster.gateway;

import java.util.Map;
import org.rayshell.RuntimeEnv;

/**
 * What calls have in common that may run in the same slot; immutable.
 *
 * @param name as Ray shows it
 * @param shape what they hold while they run, by name; memory in bytes
 * @param env what their worker is started with
 */
record Kind(String name, Map<String, Double> shape, RuntimeEnv env) {}
