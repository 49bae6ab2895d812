package org.rayshell.kernel.magic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.RepositorySystemSession.CloseableSession;
import org.eclipse.aether.RepositorySystemSession.SessionBuilder;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;
import org.eclipse.aether.transfer.TransferListener;

/** Finds artifacts and all that they need at run time, as Maven would. */
final class MavenResolver {
  private static final String RUNTIME = "runtime";
  private static final String BOM = "@pom";

  private final MavenSettings settings;
  private final List<RemoteRepository> added;
  private final TransferListener listener;

  /**
   * @param added repositories that are asked before those of the settings
   * @param listener hears what is fetched
   */
  MavenResolver(MavenSettings settings, List<RemoteRepository> added, TransferListener listener) {
    this.settings = settings;
    this.added = List.copyOf(added);
    this.listener = listener;
  }

  /**
   * The jars of what is wanted, and of what that needs.
   *
   * @throws MagicException if one cannot be had; names it
   */
  List<Path> resolve(MavenRequest request) throws MagicException {
    PomFiles pom = request.pom() == null ? null : new PomFiles(request.pom());
    boolean offline = request.offline() || settings.offline();
    RepositorySystem system = new RepositorySystemSupplier().get();
    SessionBuilder builder =
        new SessionBuilderSupplier(system)
            .get()
            .withLocalRepositoryBaseDirectories(settings.localRepository())
            .setMirrorSelector(settings.mirrors())
            .setProxySelector(settings.proxies())
            .setAuthenticationSelector(settings.passwords())
            .setConfigProperty("aether.offline.protocols", "file")
            .setOffline(offline)
            .setTransferListener(listener);
    if (pom != null) {
      builder.setWorkspaceReader(pom);
    }
    try (CloseableSession session = builder.build()) {
      return new Search(system, session).jars(request, pom);
    } catch (DependencyResolutionException e) {
      throw new MagicException(
          "Maven cannot get " + missing(request, e) + ": " + reason(e) + remedy(offline), e);
    } catch (RepositoryException e) {
      throw new MagicException("Maven cannot do it: " + reason(e) + remedy(offline), e);
    } finally {
      system.shutdown();
    }
  }

  /** One search, in one session. */
  private final class Search {
    private final RepositorySystem system;
    private final RepositorySystemSession session;
    private final List<RemoteRepository> repositories;

    Search(RepositorySystem system, RepositorySystemSession session) {
      this.system = system;
      this.session = session;
      List<RemoteRepository> all = new ArrayList<>(added);
      all.addAll(settings.repositories());
      repositories = system.newResolutionRepositories(session, all);
    }

    List<Path> jars(MavenRequest request, PomFiles pom) throws RepositoryException, MagicException {
      List<Exclusion> exclusions = new ArrayList<>();
      for (String each : request.exclusions()) {
        exclusions.add(exclusion(each));
      }
      CollectRequest collect = new CollectRequest().setRepositories(repositories);
      if (pom != null) {
        ArtifactDescriptorResult project = describe(pom.project());
        project.getManagedDependencies().forEach(collect::addManagedDependency);
        project.getDependencies().stream()
            .filter(each -> request.scopes().contains(scope(each)))
            .forEach(collect::addDependency);
        collect.setRepositories(
            system.newResolutionRepositories(
                session, union(added, project.getRepositories(), settings.repositories())));
      }
      for (String each : request.coordinates()) {
        if (each.endsWith(BOM)) {
          Artifact bom = artifact(each.substring(0, each.length() - BOM.length()), collect);
          describe(
                  new DefaultArtifact(
                      bom.getGroupId(), bom.getArtifactId(), "pom", bom.getVersion()))
              .getManagedDependencies()
              .forEach(collect::addManagedDependency);
        }
      }
      for (String each : request.coordinates()) {
        if (!each.endsWith(BOM)) {
          collect.addDependency(
              new Dependency(artifact(each, collect), RUNTIME, false, exclusions));
        }
      }
      Set<Path> jars = new LinkedHashSet<>();
      for (ArtifactResult found :
          system
              .resolveDependencies(session, new DependencyRequest(collect, null))
              .getArtifactResults()) {
        jars.add(found.getArtifact().getPath());
      }
      return List.copyOf(jars);
    }

    private ArtifactDescriptorResult describe(Artifact pom)
        throws RepositoryException, MagicException {
      ArtifactDescriptorResult described =
          system.readArtifactDescriptor(
              session, new ArtifactDescriptorRequest(pom, repositories, null));
      if (!described.getExceptions().isEmpty()) {
        Exception first = described.getExceptions().getFirst();
        throw new MagicException(pom + " cannot be used: " + reason(first), first);
      }
      return described;
    }
  }

  private static List<RemoteRepository> union(
      List<RemoteRepository> a, List<RemoteRepository> b, List<RemoteRepository> c) {
    List<RemoteRepository> all = new ArrayList<>(a);
    for (RemoteRepository each : b) {
      if (all.stream().noneMatch(known -> known.getId().equals(each.getId()))) {
        all.add(each);
      }
    }
    for (RemoteRepository each : c) {
      if (all.stream().noneMatch(known -> known.getId().equals(each.getId()))) {
        all.add(each);
      }
    }
    return all;
  }

  private static String scope(Dependency dependency) {
    return dependency.getScope().isEmpty() ? "compile" : dependency.getScope();
  }

  /** A version that is not written is that of the BOMs or the project. */
  private static Artifact artifact(String coordinate, CollectRequest collect)
      throws MagicException {
    if (coordinate.matches("[^:]+:[^:]+")) {
      for (Dependency each : collect.getManagedDependencies()) {
        Artifact managed = each.getArtifact();
        if (coordinate.equals(managed.getGroupId() + ":" + managed.getArtifactId())
            && managed.getClassifier().isEmpty()) {
          return managed;
        }
      }
    }
    try {
      return new DefaultArtifact(coordinate);
    } catch (IllegalArgumentException e) {
      throw new MagicException(
          "this is no coordinate: " + coordinate + "; write GROUP:ARTIFACT:VERSION", e);
    }
  }

  private static Exclusion exclusion(String word) throws MagicException {
    String[] parts = word.split(":");
    if (parts.length > 2 || parts[0].isEmpty()) {
      throw new MagicException("this cannot be excluded: " + word + "; write GROUP:ARTIFACT");
    }
    return new Exclusion(parts[0], parts.length == 1 ? "*" : parts[1], "*", "*");
  }

  private static String missing(MavenRequest request, DependencyResolutionException e) {
    Set<String> names = new TreeSet<>();
    if (e.getResult() != null) {
      e.getResult().getArtifactResults().stream()
          .filter(each -> !each.isResolved())
          .forEach(each -> names.add(each.getRequest().getArtifact().toString()));
    }
    return names.isEmpty()
        ? request.pom() == null
            ? String.join(", ", request.coordinates())
            : "all of " + request.pom()
        : String.join(", ", names);
  }

  private static String remedy(boolean offline) {
    return offline ? "; Maven is offline: go online, or put it into the local repository" : "";
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
