package org.rayshell.kernel.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.rayshell.kernel.eval.Companion;

/** Declarations in a line, types by their simple names: {@code int max(int a, int b)}. */
final class Signatures {
  private static final Pattern PACKAGES =
      Pattern.compile(
          "\\b(?:[\\p{Ll}_][\\p{L}\\p{N}_]*\\.)+(?:\\$JShell\\$\\w+\\.)?(?=[\\p{L}_$])");
  private static final Pattern UNNAMED = Pattern.compile("arg\\d+");
  private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$\\w+\\.");
  private static final Pattern ANNOTATION = Pattern.compile("@[\\w.]+(\\([^()]*\\))? ?");

  private Signatures() {}

  /** A type without its packages. */
  static String of(TypeMirror type) {
    return simple(type.toString());
  }

  static String simple(String type) {
    String text = WRAPPER.matcher(ANNOTATION.matcher(type).replaceAll("")).replaceAll("");
    return PACKAGES.matcher(text).replaceAll("").replace(",", ", ").replaceAll(", +", ", ");
  }

  /** A method or a constructor with the types that it has for what it is called on. */
  static String method(ExecutableElement method, ExecutableType type, List<String> names) {
    StringBuilder text = new StringBuilder();
    if (!method.getTypeParameters().isEmpty()) {
      StringJoiner parameters = new StringJoiner(", ", "<", "> ");
      method.getTypeParameters().forEach(each -> parameters.add(typeParameter(each)));
      text.append(parameters);
    }
    boolean constructs = method.getKind() == ElementKind.CONSTRUCTOR;
    if (constructs) {
      text.append(method.getEnclosingElement().getSimpleName());
    } else {
      text.append(of(type.getReturnType())).append(' ').append(method.getSimpleName());
    }
    StringJoiner parameters = new StringJoiner(", ", "(", ")");
    parameters(method, type, names).forEach(parameters::add);
    text.append(parameters);
    if (!type.getThrownTypes().isEmpty()) {
      StringJoiner thrown = new StringJoiner(", ", " throws ", "");
      type.getThrownTypes().forEach(each -> thrown.add(of(each)));
      text.append(thrown);
    }
    return Companion.readable(text.toString().replace("$Configured", "…"));
  }

  private static String typeParameter(Element each) {
    List<? extends TypeMirror> bounds =
        ((javax.lang.model.element.TypeParameterElement) each).getBounds();
    StringJoiner text = new StringJoiner(" & ");
    bounds.stream()
        .filter(bound -> !bound.toString().equals("java.lang.Object"))
        .forEach(bound -> text.add(of(bound)));
    return each.getSimpleName() + (text.length() == 0 ? "" : " extends " + text);
  }

  /**
   * The parameters, each as it is declared.
   *
   * @param names of the source; empty if there is none
   */
  static List<String> parameters(
      ExecutableElement method, ExecutableType type, List<String> names) {
    List<String> all = new ArrayList<>();
    List<? extends TypeMirror> types = type.getParameterTypes();
    for (int i = 0; i < types.size(); i++) {
      String name =
          names.size() == types.size()
              ? names.get(i)
              : method.getParameters().get(i).getSimpleName().toString();
      boolean rest = method.isVarArgs() && i == types.size() - 1;
      String written =
          rest && types.get(i).getKind() == TypeKind.ARRAY
              ? of(((ArrayType) types.get(i)).getComponentType()) + "..."
              : of(types.get(i));
      if (!name.equals("$unused")) {
        all.add(UNNAMED.matcher(name).matches() ? written : written + " " + name);
      }
    }
    return all;
  }

  /** A type as it is declared, without its members. */
  static String type(TypeElement type) {
    StringBuilder text = new StringBuilder();
    type.getModifiers().stream()
        .filter(each ->
            !(each.toString().equals("static")
                || each.toString().equals("public") && isOfSession(type)
                || each.toString().equals("abstract") && type.getKind().isInterface()
                || each.toString().equals("final")
                    && (type.getKind() == ElementKind.RECORD
                        || type.getKind() == ElementKind.ENUM)))
        .forEach(each -> text.append(each).append(' '));
    text.append(type.getKind() == ElementKind.ANNOTATION_TYPE ? "@interface" : Kinds.of(type));
    text.append(' ')
        .append(
            isOfSession(type)
                ? type.getSimpleName()
                : WRAPPER.matcher(type.getQualifiedName()).replaceAll(""));
    if (!type.getTypeParameters().isEmpty()) {
      StringJoiner parameters = new StringJoiner(", ", "<", ">");
      type.getTypeParameters().forEach(each -> parameters.add(typeParameter(each)));
      text.append(parameters);
    }
    if (type.getKind() == ElementKind.RECORD) {
      StringJoiner components = new StringJoiner(", ", "(", ")");
      type.getRecordComponents()
          .forEach(each -> components.add(of(each.asType()) + " " + each.getSimpleName()));
      text.append(components);
    }
    String above = type.getSuperclass().toString();
    if (type.getSuperclass().getKind() == TypeKind.DECLARED
        && type.getKind() == ElementKind.CLASS
        && !above.equals("java.lang.Object")) {
      text.append(" extends ").append(of(type.getSuperclass()));
    }
    if (!type.getInterfaces().isEmpty() && type.getKind() != ElementKind.ANNOTATION_TYPE) {
      StringJoiner interfaces = new StringJoiner(", ");
      type.getInterfaces().forEach(each -> interfaces.add(of(each)));
      text.append(type.getKind().isInterface() ? " extends " : " implements ").append(interfaces);
    }
    return text.toString();
  }

  private static boolean isOfSession(Element element) {
    return element.toString().startsWith("REPL.");
  }
}
