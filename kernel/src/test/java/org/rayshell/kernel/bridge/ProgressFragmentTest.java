package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rayshell.kernel.session.MimeBundle;
import org.rayshell.runtime.Awaited;
import org.rayshell.runtime.view.Progress;

/** The line on a wait, from its first frame to each of its ends. */
class ProgressFragmentTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Progress NONE = new Progress(0, 0, 0, 2, 0, 10, 0, 0);
  private static final Progress SOME = new Progress(8, 1, 0, 2, 1, 0, SECOND, 4 * SECOND);
  private static final Progress ALL = new Progress(12, 0, 0, 0, 0, 0, SECOND, 0);

  private Progress now = NONE;

  /** A wait for that many of twelve tasks; 0 for one by one. It began so long ago. */
  private ProgressFragment fragment(int enough, long seconds) {
    long clock = System.nanoTime();
    return new ProgressFragment(
        "ray-wait-7-0",
        new ProgressFragment.Tasks(() -> now, enough, new FakeView()),
        clock - seconds * SECOND,
        clock);
  }

  private static Awaited what(Awaited.Kind kind) {
    return new Awaited(kind, List.of(), 12, null);
  }

  private static String drawn(ProgressFragment fragment, boolean kernelEnds) {
    MimeBundle bundle = fragment.draw(kernelEnds);
    AllowList.check(bundle.data().get("text/html").toString());
    return bundle.data().get("text/plain").toString();
  }

  @Test
  void theFirstFrameHasTheWholeShape() {
    ProgressFragment line = fragment(12, 0);
    assertEquals("0 of 12 done, 2 running, 10 queued", drawn(line, false));
    String html = line.draw(false).data().get("text/html").toString();
    assertTrue(html.contains("width:240px"), html);
    assertFalse(line.isFinal());
  }

  @Test
  void theRestIsEstimatedOnceThreeHaveEndedAndASecondHasPassed() {
    now = SOME;
    String soFar = "9 of 12 done, 2 running, 1 retrying, 1 failed";
    assertEquals(soFar + ", about 2.00 s left", drawn(fragment(12, 2), false));
    assertEquals(soFar, drawn(fragment(12, 0), false), "too soon");
    now = new Progress(2, 0, 0, 2, 0, 8, SECOND, 10 * SECOND);
    assertEquals("2 of 12 done, 2 running, 8 queued", drawn(fragment(12, 2), false), "too few");
  }

  @Test
  void aWaitForSomeSaysForHowMany() {
    assertEquals("0 of 12 done, waiting for 3, 2 running, 10 queued", drawn(fragment(3, 0), false));
  }

  @Test
  void itIsDrawnAnewOnlyIfACountChanges() {
    ProgressFragment line = fragment(12, 0);
    now = SOME;
    long before = line.version();
    now = new Progress(8, 1, 0, 2, 1, 0, 2 * SECOND, SECOND);
    assertEquals(before, line.version());
    now = ALL;
    assertTrue(before != line.version());
  }

  @Test
  void eachEndIsSaidOnceAndStays() {
    now = ALL;
    ProgressFragment got = fragment(12, 4);
    got.end(what(Awaited.Kind.GET), 4 * SECOND, false);
    assertTrue(got.isFinal());
    assertEquals("12 results in 4.00 s", drawn(got, false));
    got.end(what(Awaited.Kind.GET), 9 * SECOND, true);
    assertEquals("12 results in 4.00 s", drawn(got, true));

    now = SOME;
    ProgressFragment failed = fragment(12, 4);
    failed.end(what(Awaited.Kind.GET), 2 * SECOND, false);
    assertEquals("✕ 1 of 12 failed after 2.00 s", drawn(failed, false));
    ProgressFragment interrupted = fragment(12, 4);
    interrupted.end(what(Awaited.Kind.GET), 3 * SECOND, true);
    assertEquals("stopped waiting after 3.00 s; the tasks go on", drawn(interrupted, false));
    ProgressFragment some = fragment(3, 4);
    some.end(what(Awaited.Kind.WAIT), SECOND, false);
    assertEquals("9 of 12 ready in 1.00 s", drawn(some, false));
    ProgressFragment hidden = fragment(12, 4);
    hidden.hide();
    assertEquals("", hidden.draw(false).data().get("text/plain"));
    assertTrue(drawn(fragment(12, 4), true).startsWith("the kernel ended after 4.0"));
  }
}
