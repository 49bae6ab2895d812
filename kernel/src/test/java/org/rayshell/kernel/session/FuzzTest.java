package org.rayshell.kernel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.rayshell.kernel.channel.Channel;
import org.rayshell.kernel.testkit.EchoEngine;
import org.rayshell.kernel.testkit.Fuzz;
import org.rayshell.kernel.testkit.KernelProcess;
import org.rayshell.kernel.testkit.TestClient;
import org.rayshell.kernel.wire.Header;
import org.rayshell.kernel.wire.Message;

/**
 * A kernel that is sent what it should not be: whatever is a request is answered once, within one
 * busy and one idle, the rest is dropped, and the kernel lives.
 */
class FuzzTest {
  private static final int MESSAGES = 200;

  @Test
  void aKernelSurvivesAFewSeeds() {
    try (KernelProcess kernel = KernelProcess.start(EchoEngine.class, "-Xmx200m");
        TestClient client = TestClient.connect(kernel)) {
      for (long seed = 1; seed <= 10; seed++) {
        run(client, seed);
      }
    }
  }

  @Test
  @Tag("campaign")
  void aKernelSurvivesManySeeds() {
    long first = new Random().nextLong(1L << 40);
    for (int round = 0; round < 8; round++) {
      try (KernelProcess kernel = KernelProcess.start(EchoEngine.class, "-Xmx200m");
          TestClient client = TestClient.connect(kernel)) {
        for (int i = 0; i < 50; i++) {
          run(client, first + 50L * round + i);
        }
      }
    }
  }

  private static void run(TestClient client, long seed) {
    try {
      batch(client, new Fuzz(seed));
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed=" + seed, e);
    }
  }

  private static void batch(TestClient client, Fuzz fuzz) {
    Set<String> shell = new HashSet<>();
    Set<String> control = new HashSet<>();
    Set<String> all = new HashSet<>();
    for (int i = 0; i < MESSAGES; i++) {
      String type = fuzz.type();
      Header header = client.header(type);
      JsonObject content = fuzz.content(type);
      Channel channel = fuzz.chance(70) ? Channel.SHELL : Channel.CONTROL;
      if (fuzz.chance(5)) {
        client.frames(Channel.STDIN, client.sign(message(header, content, fuzz)));
      } else if (fuzz.chance(30)) {
        List<byte[]> broken = fuzz.broken(client.sign(message(header, content, fuzz)));
        if (!client.isMessage(broken)) {
          client.frames(channel, broken);
        }
      } else {
        boolean taken = change(header.json(), fuzz);
        client.frames(channel, client.sign(message(header, content, fuzz)));
        if (taken) {
          all.add(header.id());
          if (type.endsWith("_request")) {
            (channel == Channel.SHELL ? shell : control).add(header.id());
          }
        }
      }
    }
    while (!shell.isEmpty()) {
      Message reply = client.nextShell();
      assertTrue(shell.remove(TestClient.parent(reply)), reply::toString);
    }
    while (!control.isEmpty()) {
      Message reply = client.nextControl();
      assertTrue(control.remove(TestClient.parent(reply)), reply::toString);
    }
    all.forEach(client::untilIdle);
    assertEquals("ok", client.ask("kernel_info_request", "{}").status());
    assertEquals("ok", client.askControl("kernel_info_request", "{}").status());
    assertEquals("alive", client.execute("echo alive").result());
  }

  private static Message message(Header header, JsonObject content, Fuzz fuzz) {
    List<byte[]> buffers = new ArrayList<>();
    while (fuzz.chance(20)) {
      buffers.add(fuzz.bytes(100));
    }
    return new Message(List.of(), header, fuzz.object(2), fuzz.object(2), content, buffers);
  }

  /** Changes the header; whether the message still is one. */
  private static boolean change(JsonObject header, Fuzz fuzz) {
    for (String name : List.of("session", "username", "date", "version", "subshell_id", "more")) {
      if (fuzz.chance(5)) {
        header.add(name, fuzz.value(1));
      }
    }
    if (fuzz.chance(2)) {
      header.remove(fuzz.chance(50) ? "msg_id" : "msg_type");
      return false;
    }
    return true;
  }

  @Test
  void aKernelSurvivesSignedNoise() {
    try (KernelProcess kernel = KernelProcess.start(EchoEngine.class);
        TestClient client = TestClient.connect(kernel)) {
      Fuzz fuzz = new Fuzz(3);
      for (int i = 0; i < 100; i++) {
        List<byte[]> parts = new ArrayList<>();
        List<byte[]> right =
            client.frames("execute_request", TestClient.json("{'code': 'echo x'}"));
        int wrong = 2 + i % 4;
        for (int part = 2; part < 6; part++) {
          parts.add(part == wrong ? fuzz.noJson() : right.get(part));
        }
        List<byte[]> frames = new ArrayList<>(right.subList(0, 1));
        frames.add(client.signature(parts.toArray(byte[][]::new)));
        frames.addAll(parts);
        client.frames(Channel.SHELL, frames);
      }
      assertEquals("alive", client.execute("echo alive").result());
      assertTrue(kernel.stderr().lines().count() < 50, kernel.stderr());
    }
  }
}
