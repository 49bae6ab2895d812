package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rayshell.ObjectRef;
import org.rayshell.RayContext;
import org.rayshell.WaitResult;
import org.rayshell.kernel.session.MimeBundle;
import org.rayshell.runtime.view.TaskState;

class FragmentTest {
  private final FakeView view = new FakeView();

  private RefFragment fragment(Object value) {
    return new RefFragment(RefList.of(value).orElseThrow(), view);
  }

  private static String html(MimeBundle bundle) {
    String html = (String) bundle.data().get("text/html");
    AllowList.check(html);
    return html;
  }

  private static String text(MimeBundle bundle) {
    return (String) bundle.data().get("text/plain");
  }

  @Test
  void oneRefIsOneLineThatFollowsItsTask() {
    ObjectRef<Object> ref = view.task(1, TaskState.RUNNING, 10, null, null);
    RefFragment fragment = fragment(ref);
    view.now += 590 * FakeView.MS;
    String running = html(fragment.draw(false));
    assertTrue(running.contains("running for 0.49 s after 0.10 s in the queue"), running);
    assertFalse(fragment.isFinal());

    view.task(1, TaskState.FINISHED, 900, "int 1", null);
    String finished = html(fragment.draw(false));
    assertTrue(fragment.isFinal());
    assertTrue(finished.contains("ran 0.90 s"), finished);
    assertTrue(finished.contains("int 1"), finished);
    assertEquals("ObjectRef(" + ref.id() + ")", text(fragment.draw(false)));
  }

  @Test
  void onlyAChangeOfStateIsANewVersion() {
    ObjectRef<Object> ref = view.task(1, TaskState.RUNNING, 10, null, null);
    RefFragment fragment = fragment(List.of(ref));
    long first = fragment.version();
    view.now += 1_000 * FakeView.MS;
    view.task(1, TaskState.RUNNING, 500, null, null);
    assertEquals(first, fragment.version(), "only its CPU time has grown");
    assertTrue(html(fragment.draw(false)).contains("0.25 s"), "which is shown all the same");
    view.task(1, TaskState.FINISHED, 900, "int 1", null);
    assertNotEquals(first, fragment.version());
  }

  @Test
  void textOfListsIsRaysOwn() {
    ObjectRef<Object> a = view.task(1, TaskState.FINISHED, 1, "int 1", null);
    ObjectRef<Object> b = view.task(2, TaskState.FINISHED, 1, "int 2", null);
    ObjectRef<Object> c = view.task(3, TaskState.FINISHED, 1, "int 3", null);
    assertEquals("[" + a + ", " + b + "]", text(fragment(List.of(a, b)).draw(false)));
    assertEquals(
        "[" + a + ",\n " + b + ",\n " + c + "]",
        text(fragment(new ObjectRef<?>[] {a, b, c}).draw(false)));
    Map<String, ObjectRef<Object>> map = new LinkedHashMap<>();
    map.put("a", a);
    assertEquals("{a=" + a + "}", text(fragment(map).draw(false)));
    assertEquals(
        "WaitResult[ready=[" + a + "], unready=[" + b + "]]",
        text(fragment(new WaitResult<>(List.of(a), List.of(b))).draw(false)));
  }

  @Test
  void whatIsNotMadeOfRefsIsNoList() {
    assertTrue(RefList.of(List.of()).isEmpty());
    assertTrue(RefList.of(List.of(view.task(1, TaskState.RUNNING, 1, null, null), 1)).isEmpty());
    assertTrue(RefList.of("x").isEmpty());
    assertTrue(RefList.of(null).isEmpty());
    assertTrue(RefList.of(Map.of()).isEmpty());
  }

  @Test
  void textOfUsersIsEscaped() {
    ObjectRef<Object> ref =
        view.task(1, TaskState.FAILED, 1, null, "Oops: <script>alert('x')</script> \"q\" & more");
    ObjectRef<Object> bold = view.task(2, TaskState.FINISHED, 1, "String \"<b>x</b>\"", null);
    Map<String, ObjectRef<Object>> map = new LinkedHashMap<>();
    map.put("<key>", ref);
    map.put("other", bold);
    String html = html(fragment(map).draw(false));
    assertTrue(html.contains("&lt;script&gt;"), html);
    assertTrue(html.contains("&lt;b&gt;x"), html);
    assertTrue(html.contains("&lt;key&gt;"), html);
  }

  @Test
  void nothingCanBeOpenedWhileItChanges() {
    List<ObjectRef<Object>> refs = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      refs.add(view.task(i, i < 149 ? TaskState.FINISHED : TaskState.RUNNING, i, "int 1", null));
    }
    RefFragment fragment = fragment(refs);
    assertFalse(html(fragment.draw(false)).contains("<details"));
    view.task(149, TaskState.FINISHED, 5, "int 1", null);
    assertTrue(html(fragment.draw(false)).contains("<details"));
  }

  @Test
  void tenThousandTasksStaySmall() {
    List<ObjectRef<Object>> refs = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      TaskState state =
          i < 4_000
              ? TaskState.FINISHED
              : i < 4_002 ? TaskState.RUNNING : TaskState.PENDING_NODE_ASSIGNMENT;
      refs.add(
          view.task(i, i == 17 ? TaskState.FAILED : state, 3, "int 1", i == 17 ? "X: y" : null));
    }
    MimeBundle drawn = fragment(refs).draw(false);
    String html = html(drawn);
    assertTrue(html.contains("9,990 more not shown"), html);
    assertTrue(html.contains("X: y"), "the failed one is among those shown");
    assertTrue(text(drawn).endsWith("... 9950 more]"));
    assertTrue(text(drawn).length() < 10_000);
  }

  @Test
  void anEndedSessionIsFinalAndSaysWhatIsOpen() {
    ObjectRef<Object> done = view.task(1, TaskState.FINISHED, 1, "int 1", null);
    ObjectRef<Object> open = view.task(2, TaskState.RUNNING, 1, null, null);
    RefFragment fragment = fragment(List.of(done, open));
    assertFalse(fragment.isFinal());
    view.running = false;
    assertTrue(fragment.isFinal());
    assertTrue(html(fragment.draw(false)).contains("1 not finished when Ray stopped"));
  }

  @Test
  void sameRefsHaveTheSameDisplayId() {
    ObjectRef<Object> a = view.task(1, TaskState.RUNNING, 1, null, null);
    assertEquals(fragment(List.of(a)).displayId(), fragment(List.of(a)).displayId());
    ObjectRef<Object> b = view.task(2, TaskState.RUNNING, 1, null, null);
    assertFalse(fragment(List.of(a)).displayId().equals(fragment(List.of(b)).displayId()));
  }

  @Test
  void whatWasCancelledIsNoFailure() {
    ObjectRef<Object> ref =
        view.task(1, TaskState.FAILED, 1, null, "f was cancelled before it began");
    String html = html(fragment(List.of(ref)).draw(false));
    assertTrue(html.contains("<span style=\"opacity:.68\">f was cancelled before"), html);
    assertFalse(html.contains("#D55E00"), html);
  }

  @Test
  void putObjectsAreStored() {
    String html = html(fragment(FakeView.newRef(99)).draw(false));
    assertTrue(html.contains("stored"), html);
    assertTrue(html.contains("12 B"), html);
  }

  @Test
  void contextAndNodesKeepToTheRules() {
    ContextFragment shown = new ContextFragment(new RayContext(view, false));
    String context = html(shown.draw(false));
    String text = text(shown.draw(false));
    assertFalse(shown.isFinal(), "it follows the session");
    assertTrue(context.contains("Ray is running"), context);
    assertTrue(context.contains("8265 &lt;is&gt; used"), context);
    view.running = false;
    assertTrue(shown.isFinal());
    assertTrue(html(shown.draw(false)).contains("is stopped"));
    assertEquals(text, text(shown.draw(false)), "the text of a display never changes");
    assertTrue(
        html(NodesFragment.of(view.nodes(), view).orElseThrow().draw(false)).contains("13.6 GB"));
  }
}
