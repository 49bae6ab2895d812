package org.rayshell.kernel.magic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code %maven g:a:v}: artifacts and what they need, on the class path of cells and workers; the
 * same from {@code //DEPS} lines of a cell.
 */
final class MavenMagic implements Magic {
  /** Its own name; others are those of other kernels. */
  static final String NAME = "maven";

  private static final String REPOSITORY = "--repo";
  private static final String EXCLUDE = "--exclude";
  private static final String OFFLINE = "--offline";

  /** Of other kernels, whose Ivy told more with it; progress is always shown here. */
  private static final Set<String> VERBOSE = Set.of("-v", "--verbose");

  /** Ivy's way to write an artifact. */
  private static final Pattern IVY = Pattern.compile("([^#;:]+)#([^#;:]+);([^#;:]+)");

  private final String name;
  private final MavenDownload download;
  // Guarded by itself: what comments have asked for already.
  private final Set<String> satisfied = new HashSet<>();

  MavenMagic(String name, MavenDownload download) {
    this.name = name;
    this.download = download;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE);
  }

  @Override
  public String usage() {
    return "%"
        + name
        + " [--repo ID=URL] [--exclude GROUP:ARTIFACT] [--offline] GROUP:ARTIFACT:VERSION...";
  }

  @Override
  public String summary() {
    return "adds artifacts and all they need to the class path of cells and workers";
  }

  @Override
  public List<String> words(List<String> before) {
    return List.of(REPOSITORY, EXCLUDE, OFFLINE);
  }

  @Override
  public MagicResult run(MagicCall call) throws Exception {
    boolean comment = CellDependencies.isComment(call);
    if (comment) {
      synchronized (satisfied) {
        if (satisfied.contains(call.raw())) {
          return MagicResult.done();
        }
      }
    }
    List<String> coordinates = new ArrayList<>();
    List<String> exclusions = new ArrayList<>();
    boolean offline = false;
    for (int i = 0; i < call.words().size(); i++) {
      String word = call.words().get(i);
      switch (word) {
        case REPOSITORY -> download.repositories().add(value(call, ++i));
        case EXCLUDE -> exclusions.add(value(call, ++i));
        case OFFLINE -> offline = true;
        default -> {
          if (!VERBOSE.contains(word)) {
            coordinates.add(coordinate(word));
          }
        }
      }
    }
    if (coordinates.isEmpty()) {
      if (comment) {
        return MagicResult.done();
      }
      throw new MagicException(call.written() + " needs a coordinate: " + usage());
    }
    download.run(MavenRequest.of(coordinates, exclusions, offline), call);
    if (comment) {
      synchronized (satisfied) {
        satisfied.add(call.raw());
      }
    }
    return MagicResult.done();
  }

  private String coordinate(String word) throws MagicException {
    if (word.startsWith("-")) {
      throw new MagicException("%" + name + " has no option " + word + ": " + usage());
    }
    Matcher ivy = IVY.matcher(word);
    return ivy.matches() ? ivy.group(1) + ":" + ivy.group(2) + ":" + ivy.group(3) : word;
  }

  private String value(MagicCall call, int at) throws MagicException {
    if (at == call.words().size()) {
      throw new MagicException(
          call.written() + " " + call.words().getLast() + " needs a value: " + usage());
    }
    return call.words().get(at);
  }
}
