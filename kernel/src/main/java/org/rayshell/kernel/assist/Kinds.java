package org.rayshell.kernel.assist;

import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;

/** What front ends call the kinds of what has a name. */
final class Kinds {
  static final String FUNCTION = "function";
  static final String KEYWORD = "keyword";
  static final String MODULE = "module";

  private Kinds() {}

  static String of(Element element) {
    return switch (element.getKind()) {
      case METHOD, CONSTRUCTOR -> FUNCTION;
      case CLASS -> "class";
      case INTERFACE -> "interface";
      case ENUM -> "enum";
      case RECORD -> "record";
      case ANNOTATION_TYPE -> "annotation";
      case TYPE_PARAMETER -> "type";
      case FIELD, ENUM_CONSTANT, RECORD_COMPONENT -> "field";
      case PACKAGE, MODULE -> MODULE;
      default -> "variable";
    };
  }

  static boolean isType(Element element) {
    ElementKind kind = element.getKind();
    return kind.isClass() || kind.isInterface() || kind == ElementKind.TYPE_PARAMETER;
  }
}
