package org.rayshell.kernel.display;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rayshell.kernel.session.MimeBundle;

/** Charts that the front end draws from JSON: Vega-Lite's and Plotly's. */
final class ChartSpecs {
  private static final String PLOTLY = "application/vnd.plotly.v1+json";
  private static final String USUAL_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json";
  private static final Pattern VERSION = Pattern.compile("/vega(-lite)?/v(\\d+)[.\\d]*\\.json");

  private ChartSpecs() {}

  /** By the version that the specification's {@code $schema} names, else 5; Vega's too. */
  static MimeBundle vegaLite(Object spec) {
    JsonObject tree = object("vegaLite", spec).deepCopy();
    if (!tree.has("$schema")) {
      tree.addProperty("$schema", USUAL_SCHEMA);
    }
    Matcher version = VERSION.matcher(tree.get("$schema").getAsString());
    if (!version.find()) {
      throw new IllegalArgumentException(
          "this $schema is not Vega-Lite's, such as "
              + USUAL_SCHEMA
              + ": $schema="
              + tree.get("$schema").getAsString());
    }
    boolean lite = version.group(1) != null;
    String type = "application/vnd." + (lite ? "vegalite" : "vega") + ".v" + version.group(2);
    String mark = mark(tree.get("mark"));
    return bundle(
        type + "+json",
        tree,
        (lite ? "Vega-Lite chart" : "Vega chart") + (mark.isEmpty() ? "" : " (" + mark + ")"));
  }

  private static String mark(JsonElement mark) {
    if (mark == null) {
      return "";
    }
    JsonElement type = mark.isJsonObject() ? mark.getAsJsonObject().get("type") : mark;
    return type != null && type.isJsonPrimitive() ? type.getAsString() : "";
  }

  /** A figure {@code {"data": […], "layout": {…}}}, or its traces alone. */
  static MimeBundle plotly(Object figure) {
    JsonElement given = Json.tree("plotly", figure);
    JsonObject tree = new JsonObject();
    if (given.isJsonArray()) {
      tree.add("data", given);
    } else if (given.isJsonObject() && given.getAsJsonObject().has("data")) {
      tree = given.getAsJsonObject().deepCopy();
    } else {
      throw new IllegalArgumentException(
          "plotly takes a figure with \"data\", a list of traces, and perhaps \"layout\"; it was"
              + " given "
              + Html.cut(given.toString()));
    }
    if (!tree.has("layout")) {
      tree.add("layout", new JsonObject());
    }
    List<String> kinds = new ArrayList<>();
    if (tree.get("data").isJsonArray()) {
      for (JsonElement trace : tree.getAsJsonArray("data")) {
        JsonElement kind = trace.isJsonObject() ? trace.getAsJsonObject().get("type") : null;
        kinds.add(kind == null ? "scatter" : kind.getAsString());
      }
    }
    return bundle(PLOTLY, tree, "Plotly chart (" + String.join(", ", kinds) + ")");
  }

  private static JsonObject object(String method, Object spec) {
    JsonElement tree = Json.tree(method, spec);
    if (!tree.isJsonObject()) {
      throw new IllegalArgumentException(
          method + " takes a JSON object; it was given " + Html.cut(tree.toString()));
    }
    return tree.getAsJsonObject();
  }

  /** The text is seen where nothing draws the chart, and says so. */
  private static MimeBundle bundle(String type, JsonObject tree, String name) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("text/plain", name + ", which is drawn where the front end knows " + type);
    data.put(type, tree);
    return new MimeBundle(data, new JsonObject());
  }
}
