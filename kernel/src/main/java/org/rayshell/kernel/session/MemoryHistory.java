package org.rayshell.kernel.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The history of this session alone, gone with the process. Thread-safe. */
public final class MemoryHistory implements History {
  private static final int SESSION = 1;
  private final List<Entry> entries = new ArrayList<>();

  @Override
  public synchronized void add(int line, String input, String output) {
    entries.add(new Entry(SESSION, line, input, output));
  }

  @Override
  public synchronized List<Entry> range(int session, int start, int stop) {
    int asked = session <= 0 ? SESSION + session : session;
    return entries.stream()
        .filter(e -> e.session() == asked && e.line() >= start && e.line() < stop)
        .toList();
  }

  @Override
  public synchronized List<Entry> tail(int n) {
    return last(entries, n);
  }

  @Override
  public synchronized List<Entry> search(String pattern, int n, boolean unique) {
    Pattern regex = glob(pattern);
    List<Entry> found = entries.stream().filter(e -> regex.matcher(e.input()).matches()).toList();
    if (unique) {
      Map<String, Entry> byInput = new LinkedHashMap<>();
      for (Entry entry : found) {
        byInput.remove(entry.input());
        byInput.put(entry.input(), entry);
      }
      found = List.copyOf(byInput.values());
    }
    return last(found, n);
  }

  private static List<Entry> last(List<Entry> list, int n) {
    return List.copyOf(list.subList(list.size() - Math.clamp(n, 0, list.size()), list.size()));
  }

  private static Pattern glob(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
