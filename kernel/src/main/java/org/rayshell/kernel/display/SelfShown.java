package org.rayshell.kernel.display;

import com.google.gson.JsonObject;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rayshell.kernel.session.MimeBundle;

/**
 * Values of classes, of cells or libraries, that have a method for one of our types: {@code
 * toHtml()}, {@code toMarkdown()}, {@code toLatex()} or {@code toSvg()}, which gives a string.
 */
final class SelfShown {
  private static final String[] METHODS = {
    "toHtml", "toHTML", "toMarkdown", "toLatex", "toLaTeX", "toSvg", "toSVG"
  };

  private SelfShown() {}

  /** Null if the value has no such method, or that gives null. */
  static MimeBundle bundle(Object value) throws ReflectiveOperationException {
    Class<?> type = value.getClass();
    if (type.getClassLoader() == null
        || type.getClassLoader() == ClassLoader.getPlatformClassLoader()) {
      return null;
    }
    Map<String, Object> data = new LinkedHashMap<>();
    for (String each : METHODS) {
      Method method = method(type, each);
      if (method != null && method.invoke(value) instanceof CharSequence text) {
        markup(each, text.toString()).data().forEach(data::putIfAbsent);
      }
    }
    if (data.isEmpty()) {
      return null;
    }
    data.put("text/plain", PlainText.asWritten(PlainText.of(value)));
    return new MimeBundle(data, new JsonObject());
  }

  private static MimeBundle markup(String method, String text) {
    return switch (method) {
      case "toMarkdown" -> Markup.markdown(text);
      case "toLatex", "toLaTeX" -> Markup.latex(text);
      case "toSvg", "toSVG" -> Markup.svg(text);
      default -> Markup.html(text);
    };
  }

  /** A cell's methods are seldom public; those of the JDK's classes are none of these. */
  private static Method method(Class<?> type, String name) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      try {
        Method method = each.getDeclaredMethod(name);
        if (!Modifier.isPrivate(method.getModifiers())
            && !Modifier.isStatic(method.getModifiers())
            && CharSequence.class.isAssignableFrom(method.getReturnType())
            && method.trySetAccessible()) {
          return method;
        }
      } catch (NoSuchMethodException _) {
        // Perhaps a superclass has it.
      }
    }
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Class<?> implemented : each.getInterfaces()) {
        Method method = method(implemented, name);
        if (method != null) {
          return method;
        }
      }
    }
    return null;
  }
}
