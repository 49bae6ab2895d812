package org.rayshell.kernel.magic;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.rayshell.kernel.session.MimeBundle;

/** {@code %%html} and the like: the rest of the cell is shown as what it is. */
final class ShowMagic implements Magic {
  private final String name;
  private final String what;
  private final String mimeType;

  /**
   * @param what it shows, in a word
   */
  ShowMagic(String name, String what, String mimeType) {
    this.name = name;
    this.what = what;
    this.mimeType = mimeType;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.CELL);
  }

  @Override
  public String usage() {
    return "%%" + name + " above " + what;
  }

  @Override
  public String summary() {
    return "shows the rest of the cell as " + what;
  }

  @Override
  public boolean bodyIsJava() {
    return false;
  }

  @Override
  public MagicResult run(MagicCall call) throws MagicException {
    if (!call.raw().isEmpty()) {
      throw new MagicException(
          "%%" + name + " stands alone in its line, above what it shows: " + call.raw());
    }
    if (call.text().isBlank()) {
      throw new MagicException("there is nothing to show: write " + what + " below %%" + name);
    }
    String text = call.text().strip();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("text/plain", text);
    data.put(mimeType, text);
    call.cell().display(new MimeBundle(data, new JsonObject()), null);
    return MagicResult.done();
  }
}
