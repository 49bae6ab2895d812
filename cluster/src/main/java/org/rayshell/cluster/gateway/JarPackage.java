package org.rayshell.cluster.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.rayshell.RayException;

/**
 * A session's jars as one of Ray's packages, which the head keeps as long as the session's job
 * lasts, and from which nodes fetch it. It is given to the head by the dashboard, as Ray's jobs
 * are. Immutable.
 */
final class JarPackage {
  private static final int OK = 200;

  private final Path file;
  private final String name;

  /** Makes it in that folder. */
  JarPackage(List<Path> jars, Path folder) throws IOException {
    file = folder.resolve("jars.zip");
    MessageDigest digest = sha256();
    try (OutputStream to = new DigestOutputStream(Files.newOutputStream(file), digest);
        ZipOutputStream out = new ZipOutputStream(to)) {
      out.setLevel(0);
      for (int i = 0; i < jars.size(); i++) {
        // Workers have all of the package's jars, in no order.
        out.putNextEntry(new ZipEntry(i + "-" + jars.get(i).getFileName()));
        Files.copy(jars.get(i), out);
        out.closeEntry();
      }
    }
    name = "_ray_pkg_" + HexFormat.of().formatHex(digest.digest(), 0, 16) + ".zip";
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Gives it to the head; returns its address for Ray.
   *
   * @param ray the cluster's version
   * @param dashboard {@code host:port}; empty if the cluster has none
   * @param token the cluster's; empty if it has none
   * @throws RayException if the head does not take it; the message says what to do
   */
  String upload(String ray, String dashboard, String token) throws IOException {
    if (dashboard.isEmpty()) {
      throw new RayException(refused(ray, "it has none"));
    }
    URI there = URI.create("http://" + dashboard + "/api/packages/gcs/" + name);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(there).PUT(HttpRequest.BodyPublishers.ofFile(file));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try (HttpClient client =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
        InputStream said = said(client, request.build(), ray)) {
      said.readAllBytes();
    } catch (IOException e) {
      throw new RayException(refused(ray, there + " says: " + e), e);
    }
    return "gcs://" + name;
  }

  private static InputStream said(HttpClient client, HttpRequest request, String ray)
      throws IOException {
    try {
      HttpResponse<InputStream> answer =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() != OK) {
        answer.body().close();
        throw new RayException(
            refused(ray, request.uri() + " says: HTTP status " + answer.statusCode()));
      }
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private static String refused(String ray, String why) {
    return "the machines of a cluster of Ray "
        + ray
        + " get the session's jars through its dashboard, and "
        + why
        + ": install 'ray[default]' on the head, or Ray 2.56 or later on all machines; or give them"
        + " a file system with the jars where they are here, and set -D"
        + WorkersCode.SENT
        + "=false";
  }
}
