package org.rayshell.runtime.view;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The workers' lanes as a picture in SVG, for papers and pages: a bar's length is run time, its
 * filled height the CPU's share. It follows the reader's light or dark theme.
 */
public final class SvgTrace {
  private static final int WIDTH = 900;
  private static final int LEFT = 110;
  private static final int TOP = 26;
  private static final int LANE = 34;
  private static final int BAR = 26;
  private static final int TICKS = 5;
  private static final int MARGIN = 10;
  private static final int PARTS = 400;

  private static final String STYLE =
      """
      text{font:12px system-ui,sans-serif;fill:#222}.m{fill:#777;font-size:11px}
      .l{fill:#8882}.w{fill:#009E73;opacity:.38}.c{fill:#009E73}.f{fill:#D55E00}.r{fill:#1f83c4}
      .rw{fill:#1f83c4;opacity:.38}.b{fill:#fff}
      @media(prefers-color-scheme:dark){text{fill:#ddd}.m{fill:#999}.b{fill:#111}}\
      """;

  private final WorkerLanes lanes;
  private final XMLStreamWriter svg;

  private SvgTrace(WorkerLanes lanes, XMLStreamWriter svg) {
    this.lanes = lanes;
    this.svg = svg;
  }

  /**
   * Writes the picture of the session so far to a file, which is whole or not there.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(ClusterView view, Path file) throws IOException {
    WorkerLanes lanes = WorkerLanes.of(view, PARTS);
    WholeFile.write(
        file,
        out -> {
          try {
            XMLStreamWriter svg = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
            new SvgTrace(lanes, svg).write();
            svg.close();
          } catch (XMLStreamException e) {
            throw new IOException(e.getMessage(), e);
          }
        });
  }

  private void write() throws XMLStreamException {
    int height = TOP + LANE * Math.max(1, lanes.lanes().size()) + 44;
    svg.writeStartElement("svg");
    svg.writeDefaultNamespace("http://www.w3.org/2000/svg");
    int width = WIDTH + 2 * MARGIN;
    svg.writeAttribute("viewBox", -MARGIN + " 0 " + width + " " + height);
    svg.writeAttribute("width", "" + width);
    svg.writeAttribute("role", "img");
    element("title", "What each worker ran when");
    element("style", STYLE);
    rect("b", -MARGIN, 0, width, height, null);
    text(0, 14, "", summary());
    int y = TOP;
    for (WorkerLanes.Lane lane : lanes.lanes()) {
      lane(lane, y);
      y += LANE;
    }
    axis(y);
    legend(y + 34);
    svg.writeEndElement();
  }

  private String summary() {
    return String.format(
        Locale.ROOT,
        "%,d runs of tasks on %d %s in %s",
        lanes.tries(),
        lanes.lanes().size(),
        lanes.lanes().size() == 1 ? "worker" : "workers",
        seconds(lanes.span()));
  }

  private void lane(WorkerLanes.Lane lane, int y) throws XMLStreamException {
    text(0, y + 11, "", "worker " + lane.pid());
    text(
        0,
        y + 24,
        "m",
        lane.tries() + " runs, " + Math.round(100.0 * lane.busyNs() / lanes.span()) + " % busy");
    rect("l", LEFT, y, WIDTH - LEFT, BAR, null);
    for (WorkerLanes.Bar bar : lane.bars()) {
      double x = x(bar.from());
      double width = Math.max(0.6, x(bar.to()) - x);
      String title =
          (bar.tries() == 1 ? bar.function() : bar.tries() + " runs, " + bar.function() + " first")
              + ": "
              + seconds(bar.length())
              + ", CPU "
              + Math.round(100 * bar.cpu())
              + " %, "
              + bar.state().name().toLowerCase(Locale.ROOT);
      if (bar.state() == TaskState.FAILED) {
        rect("f", x, y, width, BAR, title);
        continue;
      }
      boolean open = !bar.state().isTerminal();
      double filled = BAR * bar.cpu();
      rect(open ? "rw" : "w", x, y, width, BAR, title);
      rect(open ? "r" : "c", x, y + BAR - filled, width, filled, null);
    }
  }

  private void axis(int y) throws XMLStreamException {
    for (int i = 0; i <= TICKS; i++) {
      double x = LEFT + (WIDTH - LEFT) * (double) i / TICKS;
      svg.writeStartElement("text");
      svg.writeAttribute("class", "m");
      svg.writeAttribute("x", decimal(x));
      svg.writeAttribute("y", "" + (y + 10));
      svg.writeAttribute("text-anchor", i == 0 ? "start" : i == TICKS ? "end" : "middle");
      svg.writeCharacters(i == 0 ? "0 s" : seconds(lanes.span() * i / TICKS));
      svg.writeEndElement();
    }
  }

  private void legend(int y) throws XMLStreamException {
    String[][] keys = {
      {"c", "computing"}, {"w", "waiting"}, {"f", "failed"}, {"r", "still running"}
    };
    int x = LEFT;
    for (String[] key : keys) {
      rect(key[0], x, y - 9, 14, 9, null);
      text(x + 18, y, "m", key[1]);
      x += 110;
    }
  }

  private double x(long time) {
    return LEFT + (WIDTH - LEFT) * (double) (time - lanes.from()) / lanes.span();
  }

  private void rect(String style, double x, double y, double width, double height, String title)
      throws XMLStreamException {
    svg.writeStartElement("rect");
    svg.writeAttribute("class", style);
    svg.writeAttribute("x", decimal(x));
    svg.writeAttribute("y", decimal(y));
    svg.writeAttribute("width", decimal(width));
    svg.writeAttribute("height", decimal(height));
    if (title != null) {
      element("title", title);
    }
    svg.writeEndElement();
  }

  private void text(int x, int y, String style, String text) throws XMLStreamException {
    svg.writeStartElement("text");
    if (!style.isEmpty()) {
      svg.writeAttribute("class", style);
    }
    svg.writeAttribute("x", "" + x);
    svg.writeAttribute("y", "" + y);
    svg.writeCharacters(text);
    svg.writeEndElement();
  }

  private void element(String name, String text) throws XMLStreamException {
    svg.writeStartElement(name);
    svg.writeCharacters(text);
    svg.writeEndElement();
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }

  private static String seconds(long nanos) {
    return nanos < 100_000_000
        ? String.format(Locale.ROOT, "%.3g ms", nanos / 1e6)
        : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
  }
}
