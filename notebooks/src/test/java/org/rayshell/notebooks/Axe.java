package org.rayshell.notebooks;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Looks for what keeps people with disabilities out of a page, by axe-core. Stateless. */
final class Axe {
  private Axe() {}

  /** The first serious and critical findings on the page as it is now, one text each. */
  static List<?> findings(Page page) throws IOException {
    return findings(page, "html", List.of());
  }

  /** As before, of the elements that the selector has alone, but for what is in some others. */
  static List<?> findings(Page page, String selector, List<String> but) throws IOException {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      page.evaluate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    return (List<?>)
        page.evaluate(
            "async of => (await axe.run(of)).violations"
                + ".filter(v => v.impact === 'serious' || v.impact === 'critical')"
                + ".flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 200) + ' '"
                + " + n.failureSummary)).slice(0, 5)",
            Map.of("include", selector, "exclude", but));
  }
}
