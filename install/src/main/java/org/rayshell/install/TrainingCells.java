package org.rayshell.install;

import java.util.List;

/** What a training session does: a bit of everything that notebooks do, so that it is cached. */
final class TrainingCells {
  /** So many that what compiles cells is hot, and its profiles are worth keeping. */
  static final int ROUNDS = 10;

  static final List<String> LOCAL =
      List.of(
          "1 + 1",
          "int number = 42;",
          "number = 43",
          "var names = new ArrayList<String>(List.of(\"a\", \"b\"));",
          "int twice(int n) { return 2 * n; }",
          "twice(number)",
          "for (int i = 0; i < 20_000; i++) {\n    System.out.println(\"line \" + i);\n}",
          "record Point(int x, String name) {}",
          "new Point(1, \"one\")",
          "names.stream().map(name -> name + \"!\").toList()",
          "import java.util.stream.Collectors;",
          "throw new IllegalStateException(\"on purpose\");",
          "noSuchThing",
          "%%time\nMath.sqrt(2)",
          "%lsmagic");

  /** What some of the interrupted wait at, where no interrupt helps. */
  static final String GATE = "var gate = new Semaphore(0);";

  static final List<String> INTERRUPTED =
      List.of(
          "System.out.println(\"spins\");\nwhile (true) {}",
          "System.out.println(\"waits\");\ngate.acquireUninterruptibly();");

  static final String OPENED = "gate.release();";

  static final List<String> COMPLETED =
      List.of("\"text\".sub", "System.out.pri", "names.", "Str", "%ti");

  static final List<String> INSPECTED = List.of("names.add", "twice(");

  static final List<String> JUDGED = List.of("int i = 1;", "for (int i = 0;", "int i = = 2;");

  static final List<String> REMOTE =
      List.of(
          "Ray.init(RayOptions.create().numCpus(1).ignoreReinitError(true));",
          "Ray.clusterResources()",
          "@Remote int square(int n) { return n * n; }",
          "Ray.get(square.remote(3))",
          "@Remote List<String> spell(Map<String, Integer> counts, double[] weights) {\n"
              + "    System.out.println(\"spelling\");\n"
              + "    return counts.keySet().stream().sorted().toList();\n"
              + "}",
          "Ray.get(spell.remote(Map.of(\"one\", 1), new double[100]))",
          "@Remote Object fail() { throw new IllegalStateException(\"on purpose\"); }",
          "Ray.get(fail.remote())",
          "%%time\n"
              + "var squares = IntStream.range(0, 20).mapToObj(i -> square.remote(i)).toList();\n"
              + "squares",
          "%%ray\nRay.get(squares)",
          "Ray.get(Ray.task(() -> number + 1).remote())",
          "Ray.get(Ray.task((Integer n) -> number + n, 1).remote())",
          "Ray.get(Ray.task((Integer n) -> number + n, Ray.put(1)).remote())",
          // Many, so that what sends and runs tasks is hot, too.
          "for (int i = 0; i < 3_000; i++) {\n    Ray.get(square.remote(i));\n}",
          "for (int i = 0; i < 4; i++) {\n"
              + "    Ray.get(IntStream.range(0, 5_000).mapToObj(n -> square.remote(n)).toList());\n"
              + "}",
          "%ray tasks");

  private TrainingCells() {}
}
