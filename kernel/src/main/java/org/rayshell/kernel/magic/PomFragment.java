package org.rayshell.kernel.magic;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What a README shows of a POM, such as a lone {@code <dependency>}, as a whole project. */
final class PomFragment {
  /** What may stand alone, and what it belongs into. */
  private static final Map<String, String> LISTS =
      Map.of("dependency", "dependencies", "repository", "repositories");

  private static final Map<String, String> REQUIRED =
      Map.of("modelVersion", "4.0.0", "groupId", "notebook", "artifactId", "cell", "version", "1");

  private PomFragment() {}

  /**
   * The project; a text with a {@code <project>} is one already.
   *
   * @throws MagicException if the text is no XML
   */
  static String project(String text) throws MagicException {
    if (text.contains("<project")) {
      return text;
    }
    try {
      // An XML declaration may only stand at the very beginning.
      String parts = text.strip().replaceFirst("(?s)^<\\?xml.*?\\?>", "");
      Document document =
          builder().parse(new InputSource(new StringReader("<project>" + parts + "</project>")));
      Element project = document.getDocumentElement();
      for (Element each : children(project)) {
        String list = LISTS.get(each.getTagName());
        if (list != null) {
          child(project, list).appendChild(each);
        } else if (LISTS.containsValue(each.getTagName())) {
          merge(each, child(project, each.getTagName()));
        }
      }
      boolean ofParent = !children(project, "parent").isEmpty();
      REQUIRED.forEach((name, value) -> {
        boolean inherited = ofParent && (name.equals("groupId") || name.equals("version"));
        if (!inherited && children(project, name).isEmpty()) {
          child(project, name).setTextContent(value);
        }
      });
      return written(document);
    } catch (SAXException e) {
      throw new MagicException(
          "%%loadFromPOM: the cell is no project of Maven, and no part of one: " + e.getMessage(),
          e);
    } catch (IOException | ParserConfigurationException | TransformerException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DocumentBuilder builder() throws ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    DocumentBuilder builder = factory.newDocumentBuilder();
    // Or it prints what is wrong, too.
    builder.setErrorHandler(null);
    return builder;
  }

  private static List<Element> children(Element parent) {
    List<Element> found = new ArrayList<>();
    for (Node at = parent.getFirstChild(); at != null; at = at.getNextSibling()) {
      if (at instanceof Element element) {
        found.add(element);
      }
    }
    return found;
  }

  private static List<Element> children(Element parent, String name) {
    return children(parent).stream().filter(each -> each.getTagName().equals(name)).toList();
  }

  /** The first child of that name, made if there is none. */
  private static Element child(Element parent, String name) {
    List<Element> found = children(parent, name);
    return found.isEmpty()
        ? (Element) parent.appendChild(parent.getOwnerDocument().createElement(name))
        : found.getFirst();
  }

  private static void merge(Element from, Element into) {
    if (from != into) {
      children(from).forEach(into::appendChild);
      from.getParentNode().removeChild(from);
    }
  }

  private static String written(Document document) throws TransformerException {
    Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
    transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
    StringWriter out = new StringWriter();
    transformer.transform(new DOMSource(document), new StreamResult(out));
    return out.toString();
  }
}
