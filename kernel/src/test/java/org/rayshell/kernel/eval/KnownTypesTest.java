package org.rayshell.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownTypesTest {
  private final List<String> asked = new ArrayList<>();
  private final KnownTypes types =
      new KnownTypes(
          new ClassLoader(KnownTypesTest.class.getClassLoader()) {
            @Override
            public URL getResource(String name) {
              asked.add(name);
              return super.getResource(name);
            }
          },
          List.of("java.util"));

  @Test
  void aPackageHasTheTypesOfItsNames() {
    assertTrue(types.anyIn("java.util", Set.of("x", "List")));
    assertFalse(types.anyIn("java.util", Set.of("x", "Lisp")));
    assertTrue(types.anyIn("org.rayshell", Set.of("Ray")));
  }

  @Test
  void ofKnownPackagesItIsNotAskedWhetherTheyAreTypes() {
    assertFalse(types.anyIn("java.util", Set.of()));
    assertEquals(List.of(), asked);
    assertFalse(types.anyIn("java.io", Set.of()));
    assertEquals(List.of("java/io.class"), asked);
  }

  @Test
  void aTypeHasItsMembers() {
    assertTrue(types.anyIn("java.util.Map", Set.of("Entry")));
    assertTrue(types.anyIn("java.lang.Math", Set.of("x", "PI")));
    assertTrue(types.anyIn("java.lang.Math", Set.of("abs")));
    assertFalse(types.anyIn("java.lang.Math", Set.of("x", "absolute")));
  }

  @Test
  void eachIsAskedOnce() {
    types.anyIn("java.util", Set.of("Lisp"));
    types.anyIn("java.util", Set.of("Lisp"));
    assertEquals(List.of("java/util/Lisp.class"), asked);
    types.forget();
    types.anyIn("java.util", Set.of("Lisp"));
    assertEquals(2, asked.size());
  }
}
