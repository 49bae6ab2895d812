package org.rayshell.kernel.assist;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * What a library's Javadoc says of a class and those in it, for libraries without sources: pages as
 * the JDK's tool has written them since Java 7. Guarded by its {@link Sources}.
 */
final class JavadocPages implements Declarations {
  private static final String CONSTRUCTOR = "<init>";
  private static final Pattern LAST_WORD = Pattern.compile("(\\w+)\\s*$");

  // By the names of the classes without their package, Outer.Inner.
  private final Map<String, String> html;
  private final Map<String, Document> pages = new HashMap<>();

  /**
   * @param html the pages by the names of the classes without their package
   */
  JavadocPages(Map<String, String> html) {
    this.html = Map.copyOf(html);
  }

  @Override
  public Declared find(javax.lang.model.element.Element element) {
    TypeElement type =
        element instanceof TypeElement itself
            ? itself
            : element.getEnclosingElement() instanceof TypeElement owner ? owner : null;
    Document page = type == null ? null : page(nested(type));
    if (page == null) {
      return null;
    }
    Element section =
        element == type
            ? page.selectFirst(".class-description, div.description")
            : element instanceof ExecutableElement method
                ? method(page, method)
                : field(page, element);
    if (section == null) {
      return null;
    }
    List<String> names =
        element instanceof ExecutableElement method
            ? names(section, method.getParameters().size())
            : List.of();
    return new Declared(names, JavadocComment.of(section), "");
  }

  private Document page(String name) {
    String text = html.get(name);
    return text == null
        ? null
        : pages.computeIfAbsent(
            name,
            _ -> {
              Document parsed = Jsoup.parse(text);
              parsed.outputSettings().prettyPrint(false);
              return parsed;
            });
  }

  private static String nested(TypeElement type) {
    return type.getEnclosingElement() instanceof TypeElement outer
        ? nested(outer) + "." + type.getSimpleName()
        : type.getSimpleName().toString();
  }

  private static Element field(Document page, javax.lang.model.element.Element element) {
    Element found = page.getElementById(element.getSimpleName().toString());
    return found == null
        ? section(page.selectFirst("a[name=" + element.getSimpleName() + "]"))
        : section(found);
  }

  private static Element method(Document page, ExecutableElement method) {
    boolean constructs = method.getKind() == ElementKind.CONSTRUCTOR;
    String name = constructs ? CONSTRUCTOR : method.getSimpleName().toString();
    String owner = method.getEnclosingElement().getSimpleName().toString();
    Element best = null;
    int most = -1;
    for (Element each : page.select("[id], a[name]")) {
      String key = each.id().isEmpty() ? each.attr("name") : each.id();
      List<String> types = types(key, name);
      if (types == null && constructs) {
        types = types(key, owner);
      }
      int likeness = types == null ? -1 : Declarations.likeness(types, method);
      if (likeness > most) {
        best = each;
        most = likeness;
      }
    }
    return section(best);
  }

  /** The types of an anchor {@code name(int,java.lang.String)}; null if it is of another name. */
  private static List<String> types(String key, String name) {
    if (key.startsWith(name + "(") && key.endsWith(")")) {
      return split(key.substring(name.length() + 1, key.length() - 1), ",");
    }
    // As Java 8 writes them: name-int:A-java.lang.String-
    return key.startsWith(name + "-") && key.endsWith("-")
        ? split(key.substring(name.length() + 1).replaceFirst("-$", "").replace(":A", "[]"), "-")
        : null;
  }

  private static List<String> split(String types, String by) {
    return types.isEmpty() ? List.of() : Arrays.asList(types.split(by));
  }

  /** What an anchor leads to: it is that itself, stands in its heading, or before it. */
  private static Element section(Element anchor) {
    if (anchor == null || !anchor.tagName().equals("a")) {
      return anchor;
    }
    Element next = anchor.nextElementSibling();
    Element around = anchor.closest("section");
    return next != null && next.tagName().equals("ul") ? next : around == null ? anchor : around;
  }

  /** The names of parameters, as the signature has them. */
  private static List<String> names(Element section, int count) {
    Element signature = section.selectFirst(".member-signature, pre");
    String text = signature == null ? "" : signature.text();
    int open = text.indexOf('(');
    int close = text.lastIndexOf(')');
    if (open < 0 || close < open) {
      return List.of();
    }
    List<String> names =
        Arrays.stream(text.substring(open + 1, close).replaceAll("<[^()]*?>+", "").split(","))
            .map(LAST_WORD::matcher)
            .filter(Matcher::find)
            .map(found -> found.group(1))
            .toList();
    return names.size() == count ? names : List.of();
  }
}
