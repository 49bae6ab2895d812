package org.rayshell.kernel.magic;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.display.Sheet;
import org.rayshell.kernel.session.MimeBundle;

/** {@code %mem}: the memory of this process; {@code %gc}: collects its garbage. */
final class MemoryMagic implements Magic {
  private final boolean collects;

  /**
   * @param collects whether it is {@code %gc}
   */
  MemoryMagic(boolean collects) {
    this.collects = collects;
  }

  @Override
  public String name() {
    return collects ? "gc" : "mem";
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE);
  }

  @Override
  public String usage() {
    return "%" + name();
  }

  @Override
  public String summary() {
    return collects
        ? "collects the garbage of this process, and tells what became free"
        : "the memory of this process: heap, classes, collections";
  }

  @Override
  public MagicResult run(MagicCall call) throws MagicException {
    if (!call.raw().isEmpty()) {
      throw new MagicException("%" + name() + " takes nothing: " + call.raw());
    }
    if (collects) {
      collect(call);
    } else {
      Sheet sheet = sheet();
      String rest = rest();
      call.cell()
          .display(
              MimeBundle.html(
                  Html.fragment(sheet.html() + Html.muted(rest)), sheet.text() + "\n" + rest),
              null);
    }
    return MagicResult.done();
  }

  private static void collect(MagicCall call) {
    long before = heap().getUsed();
    System.gc();
    MemoryUsage after = heap();
    call.println(
        "freed "
            + Amounts.bytes(Math.max(0, before - after.getUsed()))
            + "; in use are "
            + Amounts.bytes(after.getUsed())
            + " of a heap of "
            + Amounts.bytes(after.getMax())
            + " at most");
  }

  private static MemoryUsage heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
  }

  private static Sheet sheet() {
    Sheet sheet = new Sheet().text("").number("used").number("reserved").number("at most");
    row(sheet, "heap", heap());
    row(sheet, "classes and code", ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage());
    return sheet;
  }

  /** What has no size: how often garbage was collected, how many classes there are. */
  private static String rest() {
    long count = 0;
    long millis = 0;
    for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
      count += Math.max(0, each.getCollectionCount());
      millis += Math.max(0, each.getCollectionTime());
    }
    return count
        + (count == 1 ? " collection of garbage" : " collections of garbage")
        + " in "
        + Amounts.duration(TimeUnit.MILLISECONDS.toNanos(millis))
        + ", "
        + Amounts.count(ManagementFactory.getClassLoadingMXBean().getLoadedClassCount())
        + " classes loaded";
  }

  private static void row(Sheet sheet, String what, MemoryUsage usage) {
    sheet.row(
        Sheet.of(what),
        Sheet.of(Amounts.bytes(usage.getUsed())),
        Sheet.of(Amounts.bytes(usage.getCommitted())),
        usage.getMax() < 0 ? Sheet.NONE : Sheet.of(Amounts.bytes(usage.getMax())));
  }
}
