package org.rayshell.runtime.view;

import java.util.List;
import java.util.Map;
import org.rayshell.RuntimeEnv;

/**
 * What a task that has not begun waits for, as its owner knows it; immutable.
 *
 * @param objectId the ref of its result, 56 hex digits
 * @param arguments the refs whose values are not there
 * @param needs what it holds while it runs, by name
 * @param env what its worker is to be started with
 */
public record WaitReason(
    String objectId, List<String> arguments, Map<String, Double> needs, RuntimeEnv env) {}
