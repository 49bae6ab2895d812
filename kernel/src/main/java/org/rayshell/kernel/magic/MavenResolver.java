package org.rayshell.kernel.magic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession.CloseableSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;
import org.eclipse.aether.transfer.TransferListener;

/** Finds artifacts and all that they need at run time, as Maven would. */
final class MavenResolver {
  private static final String RUNTIME = "runtime";

  private final MavenSettings settings;
  private final TransferListener listener;

  /**
   * @param listener hears what is fetched
   */
  MavenResolver(MavenSettings settings, TransferListener listener) {
    this.settings = settings;
    this.listener = listener;
  }

  /**
   * The jars of the artifacts and of their dependencies.
   *
   * @throws MagicException if one cannot be had; names the coordinate
   */
  List<Path> resolve(List<String> coordinates) throws MagicException {
    List<Artifact> wanted = new ArrayList<>();
    for (String each : coordinates) {
      wanted.add(artifact(each));
    }
    RepositorySystem system = new RepositorySystemSupplier().get();
    try (CloseableSession session =
        new SessionBuilderSupplier(system)
            .get()
            .withLocalRepositoryBaseDirectories(settings.localRepository())
            .setMirrorSelector(settings.mirrors())
            .setProxySelector(settings.proxies())
            .setAuthenticationSelector(settings.passwords())
            .setOffline(settings.offline())
            .setTransferListener(listener)
            .build()) {
      List<RemoteRepository> repositories =
          system.newResolutionRepositories(session, settings.repositories());
      Set<Path> jars = new LinkedHashSet<>();
      for (Artifact each : wanted) {
        CollectRequest collect = new CollectRequest(new Dependency(each, RUNTIME), repositories);
        DependencyRequest request = new DependencyRequest(collect, null);
        for (ArtifactResult found :
            system.resolveDependencies(session, request).getArtifactResults()) {
          jars.add(found.getArtifact().getPath());
        }
      }
      return List.copyOf(jars);
    } catch (DependencyResolutionException e) {
      throw new MagicException("%maven cannot get " + coordinates(wanted) + ": " + reason(e), e);
    } finally {
      system.shutdown();
    }
  }

  private static Artifact artifact(String coordinate) throws MagicException {
    try {
      return new DefaultArtifact(coordinate);
    } catch (IllegalArgumentException e) {
      throw new MagicException(
          "this is no coordinate: " + coordinate + "; write GROUP:ARTIFACT:VERSION", e);
    }
  }

  private static String coordinates(List<Artifact> artifacts) {
    return String.join(", ", artifacts.stream().map(Artifact::toString).toList());
  }

  /** The innermost message: the outer ones only repeat the coordinates. */
  private static String reason(Throwable thrown) {
    String message = thrown.getMessage();
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      message = each.getMessage() == null ? message : each.getMessage();
    }
    return message;
  }
}
