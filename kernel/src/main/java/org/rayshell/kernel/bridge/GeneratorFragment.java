package org.rayshell.kernel.bridge;

import java.lang.ref.WeakReference;
import org.rayshell.ObjectRefGenerator;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Fragment;
import org.rayshell.kernel.session.MimeBundle;
import org.rayshell.runtime.view.ClusterView;

/**
 * A streaming task in one line, with the number of items that it has made. Takes none of them, and
 * does not keep the generator: one that nobody else has any more cancels its task.
 */
final class GeneratorFragment implements Fragment {
  private final WeakReference<ObjectRefGenerator<?>> generator;
  private final RefFragment task;
  private int made;

  GeneratorFragment(ObjectRefGenerator<?> generator, ClusterView view) {
    this.generator = new WeakReference<>(generator);
    String text = generator.toString();
    this.task =
        new RefFragment(
            RefList.single("ObjectRefGenerator", generator.completed(), text), view, this::items);
  }

  private int made() {
    ObjectRefGenerator<?> alive = generator.get();
    if (alive != null) {
      made = alive.made();
    }
    return made;
  }

  private String items() {
    int items = made();
    return Amounts.count(items) + (items == 1 ? " item" : " items");
  }

  @Override
  public String displayId() {
    return task.displayId();
  }

  @Override
  public boolean isFinal() {
    return task.isFinal();
  }

  @Override
  public long version() {
    // Items come one by one: together with the task's own changes the sum only grows.
    return task.version() + made();
  }

  @Override
  public MimeBundle draw(boolean kernelEnds) {
    return task.draw(kernelEnds);
  }
}
