package org.rayshell.kernel.display.table;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.rayshell.kernel.display.PlainText;

/** The text of a value in a table: in one line, and shortened with its length if it is long. */
final class CellText {
  private static final int MOST_DECIMALS = 6;
  private static final double PLAIN_FROM = 1e-4;
  private static final double PLAIN_TO = 1e12;

  private final int chars;

  /** Of so many characters at most, and what tells the length. */
  CellText(int chars) {
    this.chars = chars;
  }

  /** The start of a text that is not there as a whole. */
  record Long(String start, long length) {}

  /** The text; of nulls and of what is absent the caller has its own. */
  String of(Object value) {
    try {
      return oneLine(text(value));
    } catch (RuntimeException e) {
      return failed(e);
    }
  }

  private String text(Object value) {
    if (value instanceof Rows.Failure(Throwable cause)) {
      return failed(cause);
    }
    if (value instanceof Long(String start, long length)) {
      return cut(start, length, "characters");
    }
    if (value instanceof CharSequence text) {
      return string(text.toString());
    }
    if (value instanceof Collection<?> all) {
      return elements(all.iterator(), all.size(), "[", "]", "elements");
    }
    if (value instanceof Map<?, ?> map) {
      return elements(map.entrySet().iterator(), map.size(), "{", "}", "entries");
    }
    if (value != null && value.getClass().isArray()) {
      return array(value);
    }
    String text = PlainText.asWritten(String.valueOf(value));
    return cut(text, text.codePointCount(0, text.length()), "characters");
  }

  /** Quoted where the bare text could be taken for something else. */
  private String string(String text) {
    boolean odd = text.isBlank() || text.equals("null") || !text.strip().equals(text);
    return cut(odd ? '"' + text + '"' : text, text.codePointCount(0, text.length()), "characters");
  }

  private String array(Object array) {
    int length = Array.getLength(array);
    if (array instanceof byte[]) {
      return "byte[" + length + "]";
    }
    Iterator<Object> elements =
        new Iterator<>() {
          private int at;

          @Override
          public boolean hasNext() {
            return at < length;
          }

          @Override
          public Object next() {
            return Array.get(array, at++);
          }
        };
    return elements(elements, length, "[", "]", "elements");
  }

  /** As many as fit: the others are not asked for their text. */
  private String elements(Iterator<?> all, int size, String open, String close, String noun) {
    StringBuilder text = new StringBuilder(open);
    while (all.hasNext() && text.length() <= chars) {
      Object each = all.next();
      text.append(text.length() == 1 ? "" : ", ")
          .append(
              each instanceof Map.Entry<?, ?> entry && open.equals("{")
                  ? PlainText.of(entry.getKey()) + "=" + PlainText.of(entry.getValue())
                  : PlainText.of(each));
    }
    if (!all.hasNext()) {
      text.append(close);
    }
    String written = PlainText.asWritten(text.toString());
    return cut(written, all.hasNext() ? Integer.MAX_VALUE : written.length(), size, noun);
  }

  private String cut(String text, long length, String noun) {
    return cut(text, length, length, noun);
  }

  private String cut(String text, long length, long told, String noun) {
    if (length <= chars) {
      return text;
    }
    int end = text.offsetByCodePoints(0, Math.min(chars, text.codePointCount(0, text.length())));
    return text.substring(0, end) + String.format(Locale.ROOT, "… (%,d %s)", told, noun);
  }

  private static String failed(Throwable cause) {
    return "(failed: " + cause.getClass().getSimpleName() + ")";
  }

  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line.append("\\n");
      } else if (c == '\r') {
        line.append("\\r");
      } else if (c == '\t') {
        line.append("\\t");
      } else {
        line.append(Character.isISOControl(c) ? '\uFFFD' : c);
      }
    }
    return line.toString();
  }

  /** Whether the value is written with a point and digits behind it. */
  static boolean isPlainDecimal(Object value) {
    if (!(value instanceof Double || value instanceof Float || value instanceof BigDecimal)) {
      return false;
    }
    double size = Math.abs(((Number) value).doubleValue());
    return size == 0 || size >= PLAIN_FROM && size < PLAIN_TO;
  }

  /** How many digits it needs behind its point, six at most; one shows that it has a point. */
  static int decimals(Object value) {
    int least = value instanceof BigDecimal ? 0 : 1;
    return Math.clamp(decimal(value).stripTrailingZeros().scale(), least, MOST_DECIMALS);
  }

  /** With so many digits behind its point. */
  static String decimal(Object value, int decimals) {
    return decimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static BigDecimal decimal(Object value) {
    return value instanceof BigDecimal exact ? exact : new BigDecimal(value.toString());
  }
}
