package org.rayshell.kernel.magic;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Model;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Profile;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.eclipse.aether.repository.AuthenticationSelector;
import org.eclipse.aether.repository.MirrorSelector;
import org.eclipse.aether.repository.ProxySelector;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;

/** What the user's Maven settings say of repositories, mirrors, proxies and passwords. */
final class MavenSettings {
  private static final String DEFAULTS = "/org/apache/maven/model/pom-4.0.0.xml";

  private final Settings settings;

  private MavenSettings(Settings settings) {
    this.settings = settings;
  }

  /** Reads {@code ~/.m2/settings.xml}, and Maven's own if {@code MAVEN_HOME} tells where it is. */
  static MavenSettings read(Path userFile) throws MagicException {
    DefaultSettingsBuildingRequest request = new DefaultSettingsBuildingRequest();
    request.setSystemProperties(System.getProperties());
    request.setUserSettingsFile(userFile.toFile());
    String home = System.getenv("MAVEN_HOME");
    if (home != null) {
      request.setGlobalSettingsFile(new File(home, "conf/settings.xml"));
    }
    try {
      return new MavenSettings(
          new DefaultSettingsBuilderFactory().newInstance().build(request).getEffectiveSettings());
    } catch (SettingsBuildingException e) {
      throw new MagicException(
          "the settings of Maven cannot be read: " + userFile + ": " + e.getMessage(), e);
    }
  }

  boolean offline() {
    return settings.isOffline();
  }

  /** Where artifacts are kept. */
  Path localRepository() {
    String set = System.getProperty("maven.repo.local", settings.getLocalRepository());
    return set != null
        ? Path.of(set)
        : Path.of(System.getProperty("user.home"), ".m2", "repository");
  }

  /** Those of the active profiles, then Maven's own default. */
  List<RemoteRepository> repositories() {
    List<RemoteRepository> found = new ArrayList<>();
    for (Profile each : settings.getProfiles()) {
      boolean active =
          settings.getActiveProfiles().contains(each.getId())
              || (each.getActivation() != null && each.getActivation().isActiveByDefault());
      if (active) {
        each.getRepositories().forEach(r -> add(found, r.getId(), r.getUrl()));
      }
    }
    try (InputStream defaults = Model.class.getResourceAsStream(DEFAULTS)) {
      new MavenXpp3Reader()
          .read(defaults)
          .getRepositories()
          .forEach(each -> add(found, each.getId(), each.getUrl()));
    } catch (IOException | XmlPullParserException e) {
      throw new IllegalStateException("Maven's own defaults cannot be read", e);
    }
    return found;
  }

  private static void add(List<RemoteRepository> found, String id, String url) {
    if (found.stream().noneMatch(each -> each.getId().equals(id))) {
      found.add(new RemoteRepository.Builder(id, "default", url).build());
    }
  }

  MirrorSelector mirrors() {
    DefaultMirrorSelector selector = new DefaultMirrorSelector();
    for (Mirror each : settings.getMirrors()) {
      selector.add(
          each.getId(),
          each.getUrl(),
          each.getLayout(),
          false,
          each.isBlocked(),
          each.getMirrorOf(),
          each.getMirrorOfLayouts());
    }
    return selector;
  }

  ProxySelector proxies() {
    DefaultProxySelector selector = new DefaultProxySelector();
    for (Proxy each : settings.getProxies()) {
      if (each.isActive()) {
        AuthenticationBuilder who =
            new AuthenticationBuilder()
                .addUsername(each.getUsername())
                .addPassword(each.getPassword());
        selector.add(
            new org.eclipse.aether.repository.Proxy(
                each.getProtocol(), each.getHost(), each.getPort(), who.build()),
            each.getNonProxyHosts());
      }
    }
    return selector;
  }

  AuthenticationSelector passwords() {
    DefaultAuthenticationSelector selector = new DefaultAuthenticationSelector();
    for (Server each : settings.getServers()) {
      selector.add(
          each.getId(),
          new AuthenticationBuilder()
              .addUsername(each.getUsername())
              .addPassword(each.getPassword())
              .addPrivateKey(each.getPrivateKey(), each.getPassphrase())
              .build());
    }
    return selector;
  }
}
