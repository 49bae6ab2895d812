package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Widgets in JupyterLab: moved by keys and clicks, by Java, and after a reload. */
class WidgetsInJupyterLabTest {
  private static final int SLIDER = 0;
  private static final int BUTTON = 1;
  private static final int INTERACT = 3;
  private static final int REFS = 4;
  private static final int GALLERY = 5;
  private static final int WAITS = 6;
  private static final int VALUE = 7;

  private static Draft draft() {
    return new Draft()
        .cell(
            """
            var n = Widgets.intSlider(0, 100).value(10).label("n");
            n.onChange(v -> System.out.println("n is " + v));
            n\
            """)
        .cell(
            """
            var go = Widgets.button("Go").style("primary").icon("play");
            go.onClick(() -> {
              System.out.println("clicked at " + n.value());
              throw new IOException("after the click");
            });
            go\
            """)
        .cell("n.value(50);")
        .cell(
            """
            Widgets.interact(n, Widgets.dropdown("low", "high").label("word"),
                (a, word) -> html("<b>" + word + " " + 2 * a + "</b>"))\
            """)
        .cell(
            """
            Ray.init(RayOptions.create().numCpus(2).includeDashboard(false));
            @Remote int half(int x) { return x / 2; }
            Widgets.interact(Widgets.intSlider(1, 9).label("tasks"),
                k -> IntStream.range(0, k).mapToObj(i -> half.remote(i)).toList())\
            """)
        .cell(
            """
            var field = Widgets.vbox(
                Widgets.text("a line").label("text"),
                Widgets.textarea("two\\nlines").label("textarea"),
                Widgets.password().label("password"));
            var choices = Widgets.vbox(
                Widgets.floatSlider(0, 1).value(0.25).label("float"),
                Widgets.intRange(0, 10).value(2, 7).label("range"),
                Widgets.floatRange(0, 1).label("floats"),
                Widgets.toggleButtons("red", "green", "blue").label("colour"),
                Widgets.radioButtons("one", "two").label("radio"),
                Widgets.select("Bern", "Zug").label("select"),
                Widgets.hbox(Widgets.checkbox("check"), Widgets.toggleButton("toggle").style("info")));
            var texts = Widgets.accordion(
                Widgets.label("a formula: $x^2$"),
                Widgets.html("some <b>bold</b> text"),
                Widgets.output(() -> { System.out.println("captured"); display(Map.of("a", 1)); }))
                .titles("label", "html", "output").selected(2);
            Widgets.vbox(
                Widgets.tabs(choices, field, texts).titles("choices", "fields", "texts"),
                Widgets.progress(10).value(7).style("success").label("progress"))\
            """)
        .cell(
            """
            var bar = Widgets.progress(1_000).label("waiting");
            var pressed = new CountDownLatch(1);
            var stop = Widgets.button("Stop").onClick(pressed::countDown);
            display(Widgets.hbox(bar, stop));
            for (int i = 1; i <= 500; i++) bar.value(i);
            pressed.await();
            bar.value(1_000);
            "stopped"\
            """)
        .cell("n.value()");
  }

  @Test
  void areMovedFromBothSidesAndSurviveAReload() throws Exception {
    try (Sandbox sandbox = new Sandbox("widgets").withKernel()) {
      Path folder = sandbox.make("notebooks");
      Path file = draft().write(folder.resolve("widgets.ipynb"));
      try (JupyterServer lab = JupyterServer.start(JupyterServer.App.LAB, sandbox, folder);
          Browser browser = Browser.start()) {
        Page window = browser.page();
        LabPage page = new LabPage(window);
        page.open(lab.page("widgets.ipynb"));
        page.kernelIdle();
        page.choose("Run", "runmenu:run-all");
        // A handler runs while its cell waits for it.
        page.outputs(WAITS).getByText("Stop").click();
        page.shows(WAITS, "stopped");
        page.allRan(VALUE + 1);

        readout(page, "50");
        handle(page, SLIDER).press("ArrowRight");
        page.shows(SLIDER, "n is 50");
        page.shows(INTERACT, "low 102");
        // Where it was shown last.
        page.shows(INTERACT, "n is 51");
        page.outputs(BUTTON).getByText("Go").click();
        page.shows(BUTTON, "clicked at 51");
        page.shows(BUTTON, "IOException: after the click");
        page.outputs(INTERACT).locator("select").selectOption("high");
        page.shows(INTERACT, "high 102");
        page.shows(REFS, "1 finished");
        handle(page, REFS).press("ArrowRight");
        page.shows(REFS, "2 finished");
        page.screenshot("widgets", SLIDER);
        page.screenshot("widgets-gallery", GALLERY);
        page.outputs(GALLERY).getByText("fields").click();
        page.screenshot("widgets-fields", GALLERY);
        page.outputs(GALLERY).getByText("texts").click();
        page.screenshot("widgets-texts", GALLERY);

        page.save();
        page.reload();
        readout(page, "51");
        handle(page, SLIDER).press("ArrowRight");
        page.shows(INTERACT, "high 104");
        // The last line of a saved cell that shows a widget is text, too, for who has no widgets.
        Notebook saved = Notebook.read(file);
        String text = saved.cells().get(SLIDER).shown("text/plain").getFirst();
        assertTrue(text.startsWith("IntSlider(label=n, value=10, min=0, max=100)"), text);
        assertEquals("50", saved.cells().get(VALUE).shown("text/plain").getFirst());

        page.dark(sandbox);
        readout(page, "52");
        page.shows(REFS, "2 finished");
        page.screenshot("widgets-dark", INTERACT);
        page.screenshot("widgets-gallery-dark", GALLERY);
      }
    }
  }

  private static Locator handle(LabPage page, int cell) {
    return page.outputs(cell).locator(".noUi-handle").first();
  }

  private static void readout(LabPage page, String value) {
    PlaywrightAssertions.assertThat(page.outputs(SLIDER).locator(".widget-readout").first())
        .hasText(Pattern.compile("\\s*" + value + "\\s*"));
  }
}
