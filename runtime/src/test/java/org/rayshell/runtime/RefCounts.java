package org.rayshell.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;
import org.rayshell.runtime.owner.Owner;

/** What the owner of this process, a driver or a worker, has of others and for others. */
public final class RefCounts {
  private RefCounts() {}

  /** Whether this process has nothing of others, and nothing for others. */
  public static boolean areZero() {
    return lent() == 0 && borrowed() == 0;
  }

  /** Objects of this process that others have refs of. */
  static int lent() {
    return ask(Owner::lentObjects);
  }

  /** Objects of others that this process has refs of. */
  static int borrowed() {
    return ask(Owner::borrowedObjects);
  }

  /** Results of tasks that this process keeps for their owners. */
  static int kept() {
    return ask(owner -> owner.results().kept());
  }

  private static int ask(ToIntFunction<Owner> question) {
    ProcessRuntime runtime = (ProcessRuntime) Runtimes.current();
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    runtime.loop.execute(() -> answer.complete(question.applyAsInt(runtime.owner)));
    return answer.join();
  }

  /** Collects garbage here until others have nothing of this process any more. */
  static void awaitNoneLent() {
    while (lent() > 0) {
      System.gc();
    }
  }

  /** Collects garbage here until this process has nothing of others any more. */
  static void awaitNoneBorrowed() {
    while (borrowed() > 0) {
      System.gc();
    }
  }
}
