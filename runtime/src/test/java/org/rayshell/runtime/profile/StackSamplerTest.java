package org.rayshell.runtime.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rayshell.runtime.view.TaskProfile;

/** Samples without Flight Recorder, and whose they are. */
@Timeout(60)
class StackSamplerTest {
  private static volatile boolean goesOn = true;

  private static void spins() {
    while (goesOn) {
      Thread.onSpinWait();
    }
  }

  @Test
  void theMethodThatSpinsIsMetMost() throws Exception {
    Thread tasks = Thread.ofPlatform().start(StackSamplerTest::spins);
    try {
      StackSampler sampler = new StackSampler(tasks, System::nanoTime);
      TaskSpans spans = new TaskSpans((function, _) -> function.equals("wanted"));
      spans.began("wanted", "ab", System.nanoTime());
      StackCounts counts = new StackCounts(spans);
      sampler.sample(new TimeUp(300_000_000L), counts);
      TaskProfile profile = counts.profile(sampler, "no recorder");
      assertTrue(profile.samples() > 0);
      assertEquals("no recorder", profile.note());
      assertTrue(profile.ranNs() >= 300_000_000L, profile::toString);
      TaskProfile.Sampled first = profile.stacks().getFirst();
      assertEquals("wanted", first.function());
      assertTrue(first.frames().toString().contains("StackSamplerTest.spins"), first::toString);
    } finally {
      goesOn = false;
      tasks.join();
    }
  }

  @Test
  void onlyWantedTasksHaveSpans() {
    TaskSpans spans = new TaskSpans((function, id) -> function.equals("f") || id.startsWith("ab"));
    spans.began("f", "01", 1_000);
    spans.began("g", "cd", 2_000);
    spans.began("g", "ab", 5_000_000);
    spans.ended(6_000_000);
    assertEquals("f", spans.at(1_500));
    assertNull(spans.at(3_000));
    assertEquals("g", spans.at(5_500_000));
    assertNull(spans.at(7_000_000));
    assertEquals(1_000 + 500_000, spans.ranNs(0, 5_500_000));
  }

  @Test
  void aProfileEndsWhenItIsTold() throws Exception {
    TimeUp over = new TimeUp(Long.MAX_VALUE / 2);
    over.start();
    over.now();
    assertTrue(over.await(Long.MAX_VALUE / 4));
  }
}
