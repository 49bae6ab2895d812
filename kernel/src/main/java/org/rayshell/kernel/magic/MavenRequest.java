package org.rayshell.kernel.magic;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What is wanted of Maven; immutable.
 *
 * @param coordinates {@code group:artifact:version}, with {@code @pom} behind it for a list of
 *     versions (a BOM) by which those without a version go
 * @param exclusions {@code group:artifact} of what is not wanted though something needs it
 * @param pom a project whose dependencies are wanted; may be null
 * @param scopes those of the project's dependencies
 * @param offline whether only what was fetched before, or lies in a folder, may be used
 */
record MavenRequest(
    List<String> coordinates,
    List<String> exclusions,
    Path pom,
    Set<String> scopes,
    boolean offline) {
  /** What people mean by the dependencies of a project. */
  static final Set<String> RUNTIME = Set.of("compile", "runtime");

  /** Artifacts by their coordinates. */
  static MavenRequest of(List<String> coordinates, List<String> exclusions, boolean offline) {
    return new MavenRequest(
        List.copyOf(coordinates), List.copyOf(exclusions), null, RUNTIME, offline);
  }

  /** A project's dependencies. */
  static MavenRequest of(Path pom, Set<String> scopes) {
    return new MavenRequest(List.of(), List.of(), pom, Set.copyOf(scopes), false);
  }
}
