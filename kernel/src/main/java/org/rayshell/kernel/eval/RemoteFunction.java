package org.rayshell.kernel.eval;

import java.util.List;

/**
 * An overload of a remote function as it is loaded.
 *
 * @param owner binary name of the class that has the method
 * @param descriptor the method's descriptor
 * @param key what the companion calls it by: the simple names of its erased parameter types
 * @param missing what it uses that is not defined yet, in the compiler's words
 */
public record RemoteFunction(
    String owner, String method, String descriptor, String key, List<String> missing) {}
