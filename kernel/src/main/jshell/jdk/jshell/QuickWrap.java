package jdk.jshell;

/** A class of a name and text of its own, that belongs to no snippet; immutable. */
final class QuickWrap extends OuterWrap {
  private final String name;

  QuickWrap(String name, String text) {
    super(Wrap.simpleWrap(text));
    this.name = name;
  }

  @Override
  public String className() {
    return name;
  }
}
