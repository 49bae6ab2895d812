package org.rayshell.runtime.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.rayshell.runtime.store.Codecs.travel;

import java.io.File;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.*;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rayshell.ObjectRef;

class ValueCodecTest {
  record Point(int x, long y, double z, String name, Object rest) {}

  record Every(boolean z, byte b, short s, char c, int i, long j, float f, double d) {}

  enum Shade {
    LIGHT,
    DARK {
      @Override
      int depth() {
        return 2;
      }
    };

    int depth() {
      return 1;
    }
  }

  sealed interface Shape permits Circle, Group {}

  record Circle(double radius) implements Shape {}

  record Group(List<Shape> shapes) implements Shape {}

  /** Values whose {@code equals} says all. */
  static Stream<Object> equalValues() {
    return Stream.of(
        true,
        (byte) -3,
        (short) -300,
        'ß',
        0,
        -1,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        -0.0f,
        Double.MIN_VALUE,
        Double.NaN,
        "",
        "plain",
        "what? \u00e4\u00ff",
        "\u4e2d\ud83d\ude00",
        "lone \ud800 surrogate",
        new Point(1, 2, 3, "p", List.of("x", Optional.empty())),
        new Every(true, (byte) 1, (short) -2, 'x', 4, 5, 6f, 7d),
        Shade.LIGHT,
        Shade.DARK,
        new Group(List.of(new Circle(1), new Group(List.of()))),
        new ArrayList<>(Arrays.asList(1, null, "a")),
        new LinkedList<>(List.of(1, 2)),
        new HashSet<>(List.of(1, 2)),
        new LinkedHashSet<>(List.of(2, 1)),
        new TreeSet<>(List.of(3, 1)),
        new HashMap<>(Map.of("a", 1)),
        new LinkedHashMap<>(Map.of("b", List.of(2))),
        new TreeMap<>(Map.of("c", 3)),
        new ConcurrentHashMap<>(Map.of("d", 4)),
        new WeakHashMap<>(Map.of("e", 5)),
        new Hashtable<>(Map.of("f", 6)),
        new ConcurrentSkipListMap<>(Map.of("g", 7)),
        new EnumMap<>(Map.of(Shade.DARK, 8)),
        EnumSet.of(Shade.DARK),
        EnumSet.noneOf(Shade.class),
        List.of(),
        List.of(1),
        List.of(1, 2, 3),
        Stream.of(1, null).toList(),
        Set.of(),
        Set.of(1),
        Set.of(1, 2, 3),
        Map.of(),
        Map.of(1, 2),
        Map.of(1, 2, 3, 4),
        Map.entry("k", "v"),
        new AbstractMap.SimpleEntry<>("k", null),
        Arrays.asList(1, null),
        Collections.emptyList(),
        Collections.nCopies(3, "x"),
        Collections.singletonMap("k", 1),
        Collections.unmodifiableList(new ArrayList<>(List.of(1))),
        Collections.unmodifiableMap(new TreeMap<>(Map.of(1, 2))),
        Collections.unmodifiableSortedSet(new TreeSet<>(Set.of(1))),
        Collections.synchronizedList(new ArrayList<>(List.of(new Circle(2)))),
        Collections.checkedList(new ArrayList<>(List.of(1)), Integer.class),
        new ArrayList<>(List.of(1, 2, 3)).subList(1, 3),
        List.of(1, 2, 3).subList(1, 3),
        List.of(1, 2).reversed(),
        new HashMap<>(Map.of("a", 1)).keySet(),
        new TreeMap<>(Map.of(1, 1, 2, 2)).headMap(2),
        new Vector<>(List.of(1)),
        new Stack<>(),
        new CopyOnWriteArrayList<>(List.of(1, 2)),
        BitSet.valueOf(new long[] {5, 9}),
        Optional.of(new Circle(3)),
        Optional.empty(),
        OptionalInt.of(3),
        OptionalLong.empty(),
        OptionalDouble.of(2.5),
        new BigDecimal("1.250"),
        BigInteger.TWO.pow(200),
        MathContext.DECIMAL64,
        LocalDate.of(2026, 11, 23),
        ZonedDateTime.parse("2026-11-23T16:00:00+01:00[Europe/Paris]"),
        Duration.ofSeconds(3, 5),
        new Date(12345),
        TimeZone.getTimeZone("Europe/Paris"),
        new UUID(1, 2),
        Locale.CANADA_FRENCH,
        Currency.getInstance("EUR"),
        URI.create("a:b"),
        new File("x/y"),
        Path.of("x", "y"),
        StandardCharsets.UTF_16LE,
        ByteBuffer.wrap(new byte[] {1, 2, 3}).position(1),
        String.class,
        int.class,
        int[][].class,
        Point.class,
        void.class,
        new Properties());
  }

  @ParameterizedTest
  @MethodSource("equalValues")
  void arrivesEqual(Object value) {
    Object arrived = travel(value);
    assertEquals(value, arrived);
    assertEquals(value.toString(), arrived.toString());
  }

  /** Values without an {@code equals} of their own: compared by what they print. */
  static Stream<Object> printedValues() {
    return Stream.of(
        new StringBuilder("ab"),
        new StringBuffer("ab"),
        new AtomicInteger(3),
        new AtomicLong(4),
        new AtomicReference<>(new Circle(4)),
        new LongAdder(),
        new IdentityHashMap<>(Map.of(1, 5)),
        new ArrayDeque<>(List.of(1, 2)),
        new PriorityQueue<>(List.of(3, 1)),
        new LinkedBlockingQueue<>(List.of(new Circle(5))),
        new ConcurrentLinkedQueue<>(List.of(1)),
        new HashMap<>(Map.of("a", 1)).values(),
        Pattern.compile("a+"),
        IntStream.of(1, 5).summaryStatistics(),
        IntStream.of(1, 5).asLongStream().summaryStatistics(),
        IntStream.of(1, 5).asDoubleStream().summaryStatistics());
  }

  @ParameterizedTest
  @MethodSource("printedValues")
  void arrivesPrintingTheSame(Object value) {
    assertEquals(value.toString(), travel(value).toString());
  }

  @Test
  void nullArrives() {
    assertNull(travel(null));
  }

  @Test
  void arraysArrive() {
    assertArrayEquals(new boolean[] {true, false}, travel(new boolean[] {true, false}));
    assertArrayEquals(new byte[] {1, -2}, travel(new byte[] {1, -2}));
    assertArrayEquals(new short[] {1, -2}, travel(new short[] {1, -2}));
    assertArrayEquals(new char[] {'a', '\ud800'}, travel(new char[] {'a', '\ud800'}));
    assertArrayEquals(new int[] {1, -2}, travel(new int[] {1, -2}));
    assertArrayEquals(new long[] {1, -2}, travel(new long[] {1, -2}));
    assertArrayEquals(new float[] {1, -2}, travel(new float[] {1, -2}));
    assertArrayEquals(new double[] {1, -2}, travel(new double[] {1, -2}));
    assertArrayEquals(new int[][] {{1}, {}, null}, travel(new int[][] {{1}, {}, null}));
    assertArrayEquals(new Object[] {1, "a", null}, travel(new Object[] {1, "a", null}));
    Circle[] circles = {new Circle(1)};
    assertArrayEquals(circles, travel(circles));
    assertArrayEquals(new String[3][2], travel(new String[3][2]));
  }

  @Test
  void byteOrderOfBuffersIsKept() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(8).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer arrived = travel(buffer.putInt(7));
    assertEquals(ByteOrder.LITTLE_ENDIAN, arrived.order());
    assertEquals(4, arrived.position());
    assertTrue(arrived.isDirect());
  }

  static class Node {
    static int made;
    final int id;
    final List<Node> next = new ArrayList<>();
    transient int scratch = 5;
    Object self = this;

    Node(int id) {
      this.id = id;
      made++;
    }
  }

  static class SubNode extends Node {
    private final int id = 77;

    SubNode() {
      super(1);
    }
  }

  @Test
  void plainObjectsKeepIdentityCyclesAndFinalFieldsWithoutRunningConstructors() {
    Node a = new Node(1);
    Node b = new SubNode();
    a.next.add(b);
    b.next.add(a);
    int before = Node.made;
    Node arrived = travel(a);
    assertEquals(before, Node.made);
    assertNotSame(a, arrived);
    assertSame(arrived, arrived.self);
    SubNode sub = assertInstanceOf(SubNode.class, arrived.next.getFirst());
    assertSame(arrived, sub.next.getFirst());
    assertEquals(1, arrived.id);
    assertEquals(77, sub.id);
    assertEquals(0, arrived.scratch);
  }

  class Inner {
    int value = 3;

    ValueCodecTest outer() {
      return ValueCodecTest.this;
    }
  }

  @Test
  void innerLocalAndAnonymousClassesArrive() {
    Inner inner = travel(new Inner());
    assertEquals(3, inner.value);
    assertInstanceOf(ValueCodecTest.class, inner.outer());
    int captured = 4;
    class Local {
      int get() {
        return captured;
      }
    }
    assertEquals(4, travel(new Local()).get());
    Supplier<Integer> anonymous =
        new Supplier<>() {
          @Override
          public Integer get() {
            return captured + 1;
          }
        };
    assertEquals(5, travel(anonymous).get());
    List<Integer> view =
        travel(
            new AbstractList<Integer>() {
              @Override
              public Integer get(int index) {
                return captured;
              }

              @Override
              public int size() {
                return 2;
              }
            });
    assertEquals(List.of(4, 4), view);
  }

  @Test
  @SuppressWarnings("serial")
  void initialisersOfCollectionSubclassesDoNotRunAgain() {
    List<Integer> list =
        new ArrayList<>() {
          {
            add(1);
          }
        };
    assertEquals(List.of(1), travel(list));
    Map<String, Integer> newest =
        travel(
            new LinkedHashMap<String, Integer>(16, 0.75f, true) {
              @Override
              protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                return size() > 1;
              }
            });
    newest.put("a", 1);
    newest.put("b", 2);
    assertEquals(Map.of("b", 2), newest);
  }

  @Test
  void orderByAccessIsKept() {
    Map<String, Integer> map = new LinkedHashMap<>(16, 0.75f, true);
    map.put("a", 1);
    map.put("b", 2);
    Map<String, Integer> arrived = travel(map);
    arrived.get("a");
    assertEquals(List.of("b", "a"), List.copyOf(arrived.keySet()));
  }

  @Test
  void randomsGoOnWhereTheyWere() {
    Random random = new Random(5);
    random.nextInt();
    assertEquals(travel(random).nextInt(), random.nextInt());
  }

  @Test
  void oneObjectStaysOneObject() {
    Circle circle = new Circle(1);
    String text = new String("text");
    Object[] arrived = travel(new Object[] {circle, circle, text, text, List.of(circle)});
    assertSame(arrived[0], arrived[1]);
    assertSame(arrived[2], arrived[3]);
    assertSame(arrived[0], ((List<?>) arrived[4]).getFirst());
  }

  record Parent(List<Object> children) {}

  @Test
  void cyclesThroughRecordsAndImmutableCollectionsClose() {
    Parent parent = new Parent(new ArrayList<>());
    parent.children().add(parent);
    parent.children().add("last");
    Parent arrived = travel(parent);
    assertSame(arrived, arrived.children().getFirst());
    assertEquals("last", arrived.children().getLast());
    Node node = new Node(1);
    node.self = List.of(node);
    Node back = travel(node);
    assertSame(back, ((List<?>) back.self).getFirst());
    Hashtable<String, Object> table = new Hashtable<>();
    node.self = table;
    table.put("node", node);
    Hashtable<String, Object> around = travel(table);
    assertSame(around, ((Node) around.get("node")).self);
  }

  @Test
  void comparatorsOfSortedCollectionsArrive() {
    Comparator<String> byLength =
        Comparator.comparing((Function<String, Integer> & Serializable) String::length);
    TreeMap<String, Integer> map = new TreeMap<>(byLength.reversed());
    map.put("a", 1);
    map.put("bbb", 2);
    TreeMap<String, Integer> arrived = travel(map);
    arrived.put("cc", 3);
    assertEquals(List.of("bbb", "cc", "a"), List.copyOf(arrived.keySet()));
    TreeSet<Integer> set = travel(new TreeSet<Integer>(Comparator.reverseOrder()));
    set.addAll(List.of(1, 2));
    assertEquals(2, set.getFirst());
  }

  @Test
  void serializableLambdasArrive() {
    int captured = 10;
    IntUnaryOperator add = (IntUnaryOperator & Serializable) x -> x + captured;
    assertEquals(11, travel(add).applyAsInt(1));
    Supplier<Node> maker = (Supplier<Node> & Serializable) () -> new Node(captured);
    assertEquals(10, travel(maker).get().id);
  }

  @Test
  void theIdentityFunctionArrives() {
    assertSame(Function.identity(), travel(Function.identity()));
  }

  static class Guarded {
    final ReentrantLock lock = new ReentrantLock();
    int value = 1;
  }

  @Test
  void locksArriveFree() {
    Guarded guarded = new Guarded();
    guarded.lock.lock();
    assertTrue(travel(guarded).lock.tryLock());
  }

  @Test
  void refsInsideValuesArePassedOn() {
    ObjectRef<Object> ref = Codecs.ref(7);
    List<ObjectRef<Object>> refs = travel(List.of(ref, ref));
    assertEquals(ref, refs.getFirst());
    assertSame(refs.getFirst(), refs.getLast());
    assertEquals("driver", refs.getFirst().handle().owner());
  }

  @Test
  void deepGraphsArrive() {
    Node first = new Node(0);
    Node last = first;
    for (int i = 1; i < 50_000; i++) {
      Node next = new Node(i);
      last.self = next;
      last = next;
    }
    Object arrived = travel(first);
    int count = 0;
    for (Node node = (Node) arrived; node.self != node; node = (Node) node.self) {
      count++;
    }
    assertEquals(49_999, count);
  }

  @Test
  void largeArraysAreCopiedInBulk() {
    double[] numbers = new double[3_000_000];
    Arrays.setAll(numbers, i -> i);
    EncodedValue encoded = Codecs.codec().encode(numbers);
    assertTrue(encoded.size() < numbers.length * 8 + 16, "size=" + encoded.size());
    assertArrayEquals(
        numbers, (double[]) Codecs.codec().decode(encoded, ValueCodecTest.class.getClassLoader()));
  }

  @Test
  void smallValuesAreSmall() {
    assertEquals(2, Codecs.codec().encode(42).size());
    assertEquals(1, Codecs.codec().encode(null).size());
    assertTrue(Codecs.codec().encode("text").size() <= 8);
  }
}
