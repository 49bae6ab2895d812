package org.rayshell.kernel.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.MimeBundle;

class LiveDisplaysTest {
  private final BlockingQueue<String> published = new LinkedBlockingQueue<>();
  private final LiveDisplays displays = new LiveDisplays();

  private final Cell cell =
      new Cell() {
        @Override
        public int count() {
          return 1;
        }

        @Override
        public boolean silent() {
          return false;
        }

        @Override
        public void stream(boolean stderr, String text) {}

        @Override
        public void display(MimeBundle bundle, String id) {
          published.add("display " + id + " " + bundle.data().get("text/plain"));
        }

        @Override
        public void updateDisplay(MimeBundle bundle, String id) {
          published.add("update " + id + " " + bundle.data().get("text/plain"));
        }

        @Override
        public void clearOutput(boolean wait) {}

        @Override
        public String input(String prompt, boolean password) {
          throw new UnsupportedOperationException();
        }
      };

  private static class Counter implements Fragment {
    volatile String text = "0";
    volatile boolean last;

    @Override
    public String displayId() {
      return "id";
    }

    @Override
    public boolean isFinal() {
      return last;
    }

    @Override
    public long version() {
      return text.hashCode();
    }

    @Override
    public MimeBundle draw(boolean kernelEnds) {
      return MimeBundle.text(text + (kernelEnds ? " ended" : ""));
    }
  }

  @Test
  void changesArePublishedUntilTheLast() throws Exception {
    Counter counter = new Counter();
    displays.show(cell, counter);
    assertEquals("display id 0", published.take());
    counter.text = "1";
    assertEquals("update id 1", published.poll(1, TimeUnit.MINUTES));
    counter.text = "2";
    counter.last = true;
    assertEquals("update id 2", published.poll(1, TimeUnit.MINUTES));
    counter.text = "3";
    displays.flush();
    assertNull(published.poll(), "nothing after the last");
  }

  @Test
  void whatDoesNotChangeIsNotPublishedAgain() {
    Counter counter = new Counter();
    displays.show(cell, counter);
    displays.flush();
    displays.flush();
    assertEquals("display id 0", published.poll());
    assertNull(published.poll());
    displays.close();
  }

  @Test
  void whatOnlyGrowsWithTimeIsDrawnOnceASecond() throws Exception {
    AtomicInteger draws = new AtomicInteger();
    Counter clock =
        new Counter() {
          @Override
          public long version() {
            return 0;
          }

          @Override
          public MimeBundle draw(boolean kernelEnds) {
            return MimeBundle.text(String.valueOf(draws.incrementAndGet()));
          }
        };
    long began = System.nanoTime();
    displays.show(cell, clock);
    assertEquals("display id 1", published.take());
    assertEquals("update id 2", published.poll(1, TimeUnit.MINUTES));
    assertEquals("update id 3", published.poll(1, TimeUnit.MINUTES));
    int drawn = draws.get();
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    assertTrue(drawn <= seconds + 1, drawn + " draws in " + seconds + " s");
    displays.close();
  }

  @Test
  void oneThatCannotBeDrawnKeepsNoOtherFromItsUpdates() throws Exception {
    Counter broken =
        new Counter() {
          @Override
          public String displayId() {
            return "broken";
          }

          @Override
          public long version() {
            if (text.equals("1")) {
              throw new IllegalStateException("cannot be drawn");
            }
            return 0;
          }
        };
    Counter sound = new Counter();
    displays.show(cell, broken);
    displays.show(cell, sound);
    assertEquals("display broken 0", published.take());
    assertEquals("display id 0", published.take());
    PrintStream stderr = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      broken.text = "1";
      sound.text = "1";
      displays.flush();
    } finally {
      System.setErr(stderr);
    }
    assertEquals("update id 1", published.poll());
    assertTrue(said.toString(StandardCharsets.UTF_8).contains("broken"), said::toString);
    sound.text = "2";
    assertEquals("update id 2", published.poll(1, TimeUnit.MINUTES));
    displays.close();
  }

  @Test
  void whatIsLargeIsDrawnEverMoreSeldom() throws Exception {
    AtomicInteger draws = new AtomicInteger();
    Counter large =
        new Counter() {
          @Override
          public long version() {
            return draws.get();
          }

          @Override
          public MimeBundle draw(boolean kernelEnds) {
            return MimeBundle.text("x".repeat(40_001) + draws.incrementAndGet());
          }
        };
    long began = System.nanoTime();
    displays.show(cell, large);
    for (int i = 0; i < 4; i++) {
      assertNotNull(published.poll(1, TimeUnit.MINUTES));
    }
    // After 0.25, 0.5 and 1 s: sooner it cannot be, however fast the machine is.
    assertTrue(System.nanoTime() - began >= 1_700_000_000L);
    displays.close();
  }

  @Test
  void flushPublishesAtOnce() {
    Counter counter = new Counter();
    displays.show(cell, counter);
    counter.text = "1";
    displays.flush();
    assertNotNull(published.poll());
    assertEquals("update id 1", published.poll());
    displays.close();
  }

  @Test
  void closeLeavesALastState() {
    Counter counter = new Counter();
    displays.show(cell, counter);
    displays.close();
    assertNotNull(published.poll());
    assertEquals("update id 0 ended", published.poll());
  }
}
