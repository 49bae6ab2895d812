package org.rayshell.kernel.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jfree.chart.ChartFactory;
import org.jfree.data.category.DefaultCategoryDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.QuickChart;
import org.rayshell.kernel.session.MimeBundle;

class RichValuesTest {
  record Point(int x, List<String> tags) {}

  @TempDir Path folder;
  private final Rendering rendering = new Rendering();

  private static String text(MimeBundle bundle) {
    return bundle.data().get("text/plain").toString();
  }

  private static BufferedImage png(MimeBundle bundle) throws IOException {
    byte[] bytes = Base64.getDecoder().decode(bundle.data().get("image/png").toString());
    return ImageIO.read(new ByteArrayInputStream(bytes));
  }

  @Test
  void itsNamesAreKnownWithoutIt() {
    assertEquals(
        Stream.of(RichValues.class.getDeclaredMethods())
            .filter(each -> Modifier.isPublic(each.getModifiers()))
            .map(each -> each.getName())
            .collect(Collectors.toSet()),
        Set.of(RichValues.NAMES.split(" ")));
  }

  @Test
  void markupHasTextForConsoles() {
    MimeBundle html =
        RichValues.html("<style>b {color: red}</style><p>a &lt; <b>b</b></p>\n<p>c</p>");
    assertEquals("a < b\nc", text(html));
    assertTrue(html.data().get("text/html").toString().startsWith("<style>"));
    assertEquals("# x", RichValues.markdown("# x").data().get("text/markdown"));
    assertEquals("$\\displaystyle x^2$", RichValues.latex("x^2").data().get("text/latex"));
    assertEquals("so $x^2$", RichValues.latex("so $x^2$").data().get("text/latex"));
  }

  @Test
  void drawingsAreOneThatUntrustedNotebooksKeep() {
    MimeBundle svg = RichValues.svg("<svg width='9'><circle r='3'/></svg>");
    String whole = svg.data().get("image/svg+xml").toString();
    assertTrue(whole.startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" width='9'>"), whole);
    String html = svg.data().get("text/html").toString();
    assertTrue(html.contains("src=\"data:image/svg+xml;base64,"), html);
    assertThrows(IllegalArgumentException.class, () -> RichValues.svg("circle"));
  }

  @Test
  void jsonIsATree() {
    MimeBundle json = RichValues.json(Map.of("p", new Point(1, List.of("a"))));
    assertEquals(
        JsonParser.parseString("{\"p\": {\"x\": 1, \"tags\": [\"a\"]}}"),
        json.data().get("application/json"));
    assertEquals(
        JsonParser.parseString("[1, null]"),
        RichValues.json("[1, null]").data().get("application/json"));
    String wrong =
        assertThrows(IllegalArgumentException.class, () -> RichValues.json("{x: 1}")).getMessage();
    assertTrue(
        wrong.startsWith(
            "json takes a text of JSON, or a map or other object: malformed JSON at line 1"),
        wrong);
    JsonObject tree = new JsonObject();
    tree.addProperty("a", 1);
    assertEquals(tree, rendering.render(tree).data().get("application/json"));
  }

  @Test
  void chartsAreTheFrontEndsToDraw() {
    MimeBundle lite =
        RichValues.vegaLite("{\"mark\": \"bar\", \"data\": {\"values\": []}, \"encoding\": {}}");
    assertTrue(lite.data().containsKey("application/vnd.vegalite.v5+json"), lite.toString());
    assertTrue(text(lite).startsWith("Vega-Lite chart (bar)"), text(lite));
    MimeBundle six =
        RichValues.vegaLite(Map.of("$schema", "https://vega.github.io/schema/vega-lite/v6.1.json"));
    assertTrue(six.data().containsKey("application/vnd.vegalite.v6+json"), six.toString());
    MimeBundle plotly = RichValues.plotly(List.of(Map.of("type", "bar", "y", new int[] {1, 2})));
    assertEquals(
        JsonParser.parseString("{\"data\": [{\"type\": \"bar\", \"y\": [1, 2]}], \"layout\": {}}"),
        JsonParser.parseString(plotly.data().get("application/vnd.plotly.v1+json").toString()));
    assertTrue(text(plotly).startsWith("Plotly chart (bar)"), text(plotly));
    assertThrows(IllegalArgumentException.class, () -> RichValues.plotly("{}"));
    assertThrows(IllegalArgumentException.class, () -> RichValues.vegaLite("[]"));
    assertThrows(
        IllegalArgumentException.class, () -> RichValues.vegaLite(Map.of("$schema", "other")));
  }

  @Test
  void imagesOfFilesAreWhatTheyAre() throws Exception {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    for (String type : List.of("png", "jpeg", "gif")) {
      Path file = folder.resolve("image." + type);
      ImageIO.write(image, type, file.toFile());
      MimeBundle shown = RichValues.image(file);
      assertEquals(
          Base64.getEncoder().encodeToString(Files.readAllBytes(file)),
          shown.data().get("image/" + type));
      assertEquals(shown, RichValues.image(file.toUri()));
      assertEquals(shown, RichValues.image(file.toString()));
    }
    Path bitmap = folder.resolve("image.bmp");
    ImageIO.write(image, "bmp", bitmap.toFile());
    assertEquals(3, png(RichValues.image(bitmap)).getWidth());
    IOException none = assertThrows(IOException.class, () -> RichValues.image("no/such.png"));
    assertTrue(none.getMessage().contains("no/such.png"), none.getMessage());
    assertThrows(IOException.class, () -> RichValues.image(new byte[] {1, 2}));
  }

  @Test
  void largeImagesAreMadeSmaller() throws Exception {
    assertEquals(
        "image, 4000 × 10 pixels, shown with 2000 × 5",
        text(rendering.render(new BufferedImage(4_000, 10, BufferedImage.TYPE_INT_RGB))));
    BufferedImage noise = new BufferedImage(1_400, 1_100, BufferedImage.TYPE_INT_RGB);
    int[] pixels = new Random(1).ints(1_400 * 1_100).toArray();
    noise.setRGB(0, 0, 1_400, 1_100, pixels, 0, 1_400);
    assertEquals("image, 1400 × 1100 pixels, shown with 980 × 770", text(rendering.render(noise)));
  }

  @Test
  void chartsOfLibrariesPaintThemselves() throws Exception {
    MimeBundle xchart =
        rendering.render(
            QuickChart.getChart(
                "Squares", "x", "y", "f", new double[] {1, 2}, new double[] {1, 4}));
    JsonObject size = xchart.metadata().getAsJsonObject("image/png");
    assertEquals(2 * size.get("width").getAsInt(), png(xchart).getWidth(), "sharp on any screen");
    assertEquals("XChart XYChart: Squares", text(xchart));
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    data.addValue(3, "a", "b");
    MimeBundle jfree = rendering.render(ChartFactory.createBarChart("Bars", "x", "y", data));
    assertEquals(1_280, png(jfree).getWidth());
    assertEquals("JFreeChart chart: Bars", text(jfree));
  }
}
