package org.rayshell.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.display.Sheet;
import org.rayshell.kernel.session.MimeBundle;

/** {@code %config}: what a notebook can be set to, and the setting of it. */
final class ConfigMagic implements Magic {
  /** Something that can be set for the rest of the session. */
  interface Setting {
    String name();

    /** What it may be, as it is shown. */
    List<String> values();

    /** What it does. */
    String meaning();

    String get();

    /** Sets it to one of its values. */
    void set(String value);
  }

  private final List<Setting> settings;

  ConfigMagic(List<Setting> settings) {
    this.settings = List.copyOf(settings);
  }

  @Override
  public String name() {
    return "config";
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE);
  }

  @Override
  public String usage() {
    return "%config [NAME|NAME=VALUE]";
  }

  @Override
  public String summary() {
    return "the settings of this notebook with their values; sets one until the kernel ends";
  }

  @Override
  public List<String> words(List<String> before) {
    List<String> words = new ArrayList<>();
    if (before.isEmpty()) {
      for (Setting each : settings) {
        words.add(each.name());
        each.values().forEach(value -> words.add(each.name() + "=" + value));
      }
    }
    return words;
  }

  @Override
  public MagicResult run(MagicCall call) throws MagicException {
    if (call.raw().isEmpty()) {
      show(call);
      return MagicResult.done();
    }
    String[] parts = call.raw().split("\\s*=\\s*", 2);
    Setting setting = named(parts[0]);
    if (parts.length == 2) {
      setting.set(value(setting, parts[1]));
    }
    call.println(setting.name() + "=" + setting.get());
    return MagicResult.done();
  }

  private Setting named(String name) throws MagicException {
    List<String> names = settings.stream().map(Setting::name).toList();
    for (Setting each : settings) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    throw new MagicException(
        "there is no setting " + name + "; there are " + String.join(", ", names));
  }

  private static String value(Setting setting, String wanted) throws MagicException {
    for (String each : setting.values()) {
      if (each.toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT))) {
        return each;
      }
    }
    throw new MagicException(
        setting.name()
            + " cannot be "
            + wanted
            + ": it is "
            + String.join(" or ", setting.values()));
  }

  private void show(MagicCall call) {
    Sheet sheet = new Sheet().text("setting").text("now").text("may be").words("what it does");
    for (Setting each : settings) {
      sheet.row(
          Sheet.code(each.name()),
          Sheet.of(each.get()),
          Sheet.of(String.join(", ", each.values())),
          Sheet.of(each.meaning()));
    }
    call.cell().display(MimeBundle.html(Html.fragment(sheet.html()), sheet.text()), null);
  }
}
