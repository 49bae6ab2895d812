package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rayshell.ResourceMaps;
import org.rayshell.kernel.session.MimeBundle;

/** Of what there is, what is used and what is free. */
class ResourceFragmentTest {
  private final FakeView view = new FakeView();

  private MimeBundle draw(Map<String, Double> amounts, boolean free) {
    MimeBundle drawn = new ResourceFragment(ResourceMaps.of(amounts, free), view).draw(false);
    AllowList.check((String) drawn.data().get("text/html"));
    return drawn;
  }

  private String html(Map<String, Double> amounts, boolean free) {
    return (String) draw(amounts, free).data().get("text/html");
  }

  @Test
  void whatIsUsedOfTheTotal() {
    String html = html(view.totalResources(), false);
    assertTrue(html.contains("CPU slots"), html);
    assertTrue(html.contains("<b>1</b> of 2"), html);
    assertTrue(html.contains("50 % used"), html);
    assertTrue(html.contains("<b>0 B</b> of 13.6 GB"), html);
    assertTrue(html.contains("0 % reserved"), html);
    assertTrue(html.contains("&lt;gpu&gt;"), html);
    assertFalse(html.contains("node:"), "those are for the plain text alone");
    assertTrue(html.contains("1 worker</summary>"), html);
    assertTrue(html.contains("&lt;i&gt;f&lt;/i&gt;"), html);
  }

  @Test
  void whatIsFree() {
    String html = html(view.availableResources(), true);
    assertTrue(html.contains("<b>1</b> free of 2"), html);
    assertTrue(html.contains("<b>13.6 GB</b> free of 13.6 GB"), html);
  }

  @Test
  void whatIsOnTheDiskIsNotInTheStore() {
    Map<String, Double> total = view.totalResources();
    total.put("object_store_memory", 100e6);
    view.storedBytes = 130_000_000;
    view.spilledBytes = 80_000_000;
    String html = html(total, false);
    assertTrue(html.contains("50 % used, 80"), html);
    assertTrue(html.contains(" MB on disk"), html);
  }

  @Test
  void whatIsNearlyFullIsSaid() {
    Map<String, Double> free = view.totalResources();
    free.put("memory", 1e9);
    free.put("CPU", 0.0);
    String html = html(free, true);
    assertTrue(html.contains("93 % reserved</span>, nearly full"), html);
    assertTrue(html.contains("100 % used</span>, all in use"), html);
    assertTrue(html.contains("background-color:#D55E00"), html);
    free.put("memory", 2e9);
    assertFalse(html(free, true).contains("background-color:#D55E00"));
  }

  @Test
  void theStoreHasWhatTheDriverHolds() {
    view.storedBytes = 6_400_000_000L;
    String used = html(view.totalResources(), false);
    assertTrue(used.contains("<b>6.40 GB</b> of 6.80 GB"), used);
    assertTrue(used.contains("94 % used</span>, nearly full"), used);
    String free = html(view.availableResources(), true);
    assertTrue(free.contains("<b>395 MB</b> free of 6.80 GB"), free);
    view.storedBytes = 5_500_000_000L;
    assertFalse(html(view.totalResources(), false).contains("nearly full"));
  }

  @Test
  void theTextIsTheMap() {
    assertEquals(
        "{CPU=2.0, memory=13590429696.0, node:127.0.0.1=1.0, object_store_memory=6795214848.0,"
            + " <gpu>=1.0}",
        draw(view.totalResources(), false).data().get("text/plain"));
  }
}
