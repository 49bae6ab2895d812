package org.rayshell.runtime.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rayshell.Call1;
import org.rayshell.ObjectRef;
import org.rayshell.Remote;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.RefPort;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.store.ValueCodec;

class LambdaPlacesTest {
  private static final RefPort NO_REFS =
      new RefPort() {
        @Override
        public RefAddress lend(ObjectRef<?> ref) {
          throw new AssertionError("no ref is in it");
        }

        @Override
        public ObjectRef<?> borrow(RefAddress address) {
          throw new AssertionError("no ref is in it");
        }
      };

  private final LambdaPlaces places = new LambdaPlaces(new ValueCodec(NO_REFS));

  @Remote(numCpus = 2)
  static Integer twice(Integer n) {
    return 2 * n;
  }

  private static Call1<Integer, Integer> plus(int added) {
    return n -> n + added;
  }

  private static Call1<Integer, Integer> method() {
    return LambdaPlacesTest::twice;
  }

  @Test
  void aMethodReferenceHasTheNameAndTheDefaultsOfItsMethod() {
    LambdaPlaces.Place place = places.of(method());
    assertEquals("twice", place.name());
    assertEquals(2, place.defaults().numCpus());
  }

  @Test
  void whatCapturesNothingIsTakenApartOnce() {
    LambdaPlaces.Place place = places.of(method());
    assertSame(place, places.of(method()));
    assertSame(place.graph(method()).bytes(), place.graph(method()).bytes());
  }

  @Test
  void capturedValuesAreEachLambdasOwn() {
    LambdaPlaces.Place place = places.of(plus(1));
    assertSame(place, places.of(plus(2)));
    assertNotEquals(bytes(place.graph(plus(1)).value()), bytes(place.graph(plus(2)).value()));
  }

  @Test
  void whatIsNoLambdaHasNoPlace() {
    Call1<Integer, Integer> own =
        new Call1<>() {
          private static final long serialVersionUID = 1L;

          @Override
          public Integer call(Integer n) {
            return n;
          }
        };
    assertEquals("lambda", places.of(own).name());
    assertNotEquals(places.of(own), places.of(own));
  }

  private static List<Byte> bytes(EncodedValue value) {
    List<Byte> bytes = new ArrayList<>();
    for (byte each : value.bytes()) {
      bytes.add(each);
    }
    return bytes;
  }
}
