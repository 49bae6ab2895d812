package org.rayshell.kernel.magic;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.model.Model;
import org.apache.maven.model.Parent;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;

/**
 * A project's file and those of its parents beside it, found by their coordinates before any
 * repository is asked. For one thread.
 */
final class PomFiles implements WorkspaceReader {
  private static final String POM = "pom";

  private final WorkspaceRepository repository = new WorkspaceRepository("files");
  private final Map<String, Path> files = new HashMap<>();
  private final Artifact project;

  /**
   * Reads a project.
   *
   * @throws MagicException if it is none; names the file
   */
  PomFiles(Path pom) throws MagicException {
    Model model = read(pom);
    project = new DefaultArtifact(group(model), model.getArtifactId(), POM, version(model));
    files.put(key(project), pom);
    Path file = pom;
    for (Parent parent = model.getParent(); parent != null; ) {
      Path above = above(file, parent);
      Model found = above == null ? null : read(above);
      if (found == null || !parent.getArtifactId().equals(found.getArtifactId())) {
        break;
      }
      files.put(
          key(new DefaultArtifact(group(found), found.getArtifactId(), POM, version(found))),
          above);
      file = above;
      parent = found.getParent();
    }
  }

  /** The project itself. */
  Artifact project() {
    return project;
  }

  private static Model read(Path pom) throws MagicException {
    try (Reader reader = Files.newBufferedReader(pom)) {
      Model model = new MavenXpp3Reader().read(reader);
      if (group(model) == null || model.getArtifactId() == null || version(model) == null) {
        throw new MagicException(pom + " has no groupId, artifactId or version");
      }
      return model;
    } catch (IOException e) {
      throw new MagicException(pom + " cannot be read: " + e.getMessage(), e);
    } catch (XmlPullParserException e) {
      throw new MagicException(pom + " is no project of Maven: " + e.getMessage(), e);
    }
  }

  private static Path above(Path pom, Parent parent) {
    String relative = parent.getRelativePath();
    if (relative == null || relative.isEmpty()) {
      return null;
    }
    Path named = pom.toAbsolutePath().resolveSibling(relative).normalize();
    Path file = Files.isDirectory(named) ? named.resolve("pom.xml") : named;
    return Files.isRegularFile(file) ? file : null;
  }

  private static String group(Model model) {
    return model.getGroupId() == null && model.getParent() != null
        ? model.getParent().getGroupId()
        : model.getGroupId();
  }

  private static String version(Model model) {
    return model.getVersion() == null && model.getParent() != null
        ? model.getParent().getVersion()
        : model.getVersion();
  }

  private static String key(Artifact artifact) {
    return artifact.getGroupId() + ":" + artifact.getArtifactId() + ":" + artifact.getVersion();
  }

  @Override
  public WorkspaceRepository getRepository() {
    return repository;
  }

  @Override
  public File findArtifact(Artifact artifact) {
    Path file = artifact.getExtension().equals(POM) ? files.get(key(artifact)) : null;
    return file == null ? null : file.toFile();
  }

  @Override
  public List<String> findVersions(Artifact artifact) {
    return List.of();
  }
}
