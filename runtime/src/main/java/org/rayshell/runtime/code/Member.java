package org.rayshell.runtime.code;

/**
 * A field or a method of a class, named as class files do.
 *
 * @param owner internal name of the class
 * @param name its name
 * @param descriptor its descriptor
 */
record Member(String owner, String name, String descriptor) implements Comparable<Member> {
  @Override
  public int compareTo(Member other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return owner + "." + name + ":" + descriptor;
  }
}
