package org.rayshell.kernel.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.rayshell.kernel.session.Bundles;
import org.rayshell.kernel.session.MimeBundle;

/**
 * What was printed and shown, as a notebook keeps it; of printed text only the end. Guarded by its
 * output.
 */
final class Outputs {
  private static final int MOST_CHARS = 100_000;
  private static final String LEFT_OUT = "...\n";

  private static final class Entry {
    final String stream;
    final StringBuilder text = new StringBuilder();
    final String displayId;
    MimeBundle shown;

    Entry(String stream, String displayId, MimeBundle shown) {
      this.stream = stream;
      this.displayId = displayId;
      this.shown = shown;
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private int printed;

  void print(boolean stderr, String text) {
    String stream = stderr ? "stderr" : "stdout";
    if (entries.isEmpty() || !stream.equals(entries.getLast().stream)) {
      entries.add(new Entry(stream, null, null));
    }
    entries.getLast().text.append(text);
    printed += text.length();
    if (printed > MOST_CHARS) {
      leaveOut();
    }
  }

  /** Leaves out the oldest half of what was printed. */
  private void leaveOut() {
    Entry last = null;
    for (Entry each : List.copyOf(entries)) {
      if (each.stream != null && printed > MOST_CHARS / 2) {
        int part = Math.min(each.text.length(), printed - MOST_CHARS / 2);
        each.text.delete(0, part);
        printed -= part;
        if (each.text.isEmpty()) {
          entries.remove(each);
        } else {
          last = each;
        }
      }
    }
    if (last != null) {
      last.text.insert(0, LEFT_OUT);
      printed += LEFT_OUT.length();
    }
  }

  void show(MimeBundle bundle, String displayId) {
    entries.add(new Entry(null, displayId, bundle));
  }

  /** Replaces what is shown by that id; whether something is. */
  boolean update(MimeBundle bundle, String displayId) {
    boolean found = false;
    for (Entry each : entries) {
      if (displayId.equals(each.displayId)) {
        each.shown = bundle;
        found = true;
      }
    }
    return found;
  }

  void clear() {
    entries.clear();
    printed = 0;
  }

  /** As nbformat has it. */
  JsonArray json() {
    JsonArray all = new JsonArray();
    for (Entry each : entries) {
      JsonObject output = new JsonObject();
      if (each.stream != null) {
        output.addProperty("output_type", "stream");
        output.addProperty("name", each.stream);
        output.addProperty("text", each.text.toString());
      } else {
        output.addProperty("output_type", "display_data");
        output.add("data", Bundles.data(each.shown));
        output.add("metadata", Bundles.metadata(each.shown));
      }
      all.add(output);
    }
    return all;
  }

  /** All of it as text. */
  String text() {
    return entries.stream()
        .map(each -> each.stream != null ? each.text.toString() : Bundles.text(each.shown) + "\n")
        .collect(Collectors.joining());
  }

  /** About how long it is, in characters. */
  int chars() {
    int shown = 0;
    for (Entry each : entries) {
      if (each.shown != null) {
        for (Object content : each.shown.data().values()) {
          shown += content instanceof String text ? text.length() : 1_000;
        }
      }
    }
    return printed + shown;
  }
}
