package org.rayshell.runtime.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ThrowablesTest {
  private static final ClassLoader LOADER = ThrowablesTest.class.getClassLoader();

  private static Throwable travel(Throwable thrown, ClassLoader loader) {
    ValueCodec codec = Codecs.codec();
    return codec.decodeThrowable(codec.encodeThrowable(thrown), loader);
  }

  @SuppressWarnings("serial")
  private static final class Job extends Exception {
    private static final long serialVersionUID = 1L;
    final transient Object left = new Object();
    private final Object held;

    Job(String message, Object held, Throwable cause) {
      super(message, cause);
      this.held = held;
    }
  }

  @Test
  void whatCanTravelArrivesAsItIs() {
    Job job = new Job("m", "held", new IOException("io"));
    job.addSuppressed(new IllegalStateException("s"));
    Job arrived = assertInstanceOf(Job.class, travel(job, LOADER));
    assertEquals("held", arrived.held);
    assertInstanceOf(IOException.class, arrived.getCause());
    assertInstanceOf(IllegalStateException.class, arrived.getSuppressed()[0]);
    assertArrayEquals(job.getStackTrace(), arrived.getStackTrace());
  }

  @Test
  void aFieldThatCannotTravelLeavesAStandIn() {
    Job job = new Job("m", new Thread(), new IOException("io"));
    job.addSuppressed(new IllegalStateException("s"));
    Throwable arrived = travel(job, LOADER);
    assertEquals(Job.class.getName() + ": m", arrived.toString());
    assertEquals("m", arrived.getMessage());
    assertArrayEquals(job.getStackTrace(), arrived.getStackTrace());
    assertEquals("java.io.IOException: io", arrived.getCause().toString());
    assertEquals("s", arrived.getSuppressed()[0].getMessage());
  }

  @Test
  void aClassThatIsNotThereLeavesAStandIn() {
    Throwable arrived = travel(new Job("m", "held", null), ClassLoader.getPlatformClassLoader());
    assertEquals(Job.class.getName() + ": m", arrived.toString());
  }

  @Test
  void circlesOfCausesEnd() {
    Exception a = new Exception("a", new Job("b", new Thread(), null));
    a.getCause().addSuppressed(a);
    Throwable arrived = travel(a, LOADER);
    assertEquals("a", arrived.getMessage());
    assertEquals("b", arrived.getCause().getMessage());
    Exception c = new Exception("c");
    Exception d = new Exception("d", c);
    c.initCause(d);
    Throwable back = travel(c, LOADER);
    assertSame(back, back.getCause().getCause());
  }

  @Test
  void nullPointersSayWhatWasNull() {
    Object[] none = {null};
    NullPointerException thrown =
        assertThrows(NullPointerException.class, () -> none[0].hashCode());
    String message = thrown.getMessage();
    assertEquals(message, travel(thrown, LOADER).getMessage());
    assertEquals(message, travel(new RuntimeException(thrown), LOADER).getCause().getMessage());
  }

  @Test
  void errorsArriveToo() {
    assertInstanceOf(StackOverflowError.class, travel(new StackOverflowError(), LOADER));
    assertInstanceOf(OutOfMemoryError.class, travel(new OutOfMemoryError("heap"), LOADER));
  }
}
