package org.rayshell.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the comments at the beginning of a cell ask Maven for, as JBang has them: {@code //DEPS
 * group:artifact:version}, {@code //REPOS id=url}.
 */
final class CellDependencies {
  private static final String PREFIX = "//";
  private static final Pattern LINE = Pattern.compile("//(DEPS|REPOS)\\s+(\\S.*)");
  private static final Pattern COMMENT = Pattern.compile("\\s*(?://.*)?");

  private CellDependencies() {}

  /** Whether the call stands for comments and not for a magic. */
  static boolean isComment(MagicCall call) {
    return call.raw().startsWith(PREFIX);
  }

  /** The call that they stand for; null without any. */
  static CellScript.Part.Call in(String code) {
    if (!code.contains("//DEPS") && !code.contains("//REPOS")) {
      return null;
    }
    List<String> words = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String each : code.lines().toList()) {
      if (!COMMENT.matcher(each).matches()) {
        break;
      }
      Matcher line = LINE.matcher(each.strip());
      if (line.matches()) {
        lines.add(each.strip());
        for (String word : line.group(2).strip().split("[,;\\s]+")) {
          if (line.group(1).equals("REPOS")) {
            words.add("--repo");
          }
          words.add(word);
        }
      }
    }
    return lines.isEmpty()
        ? null
        : new CellScript.Part.Call(
            Magic.Form.LINE, MavenMagic.NAME, List.copyOf(words), String.join("\n", lines), "", "");
  }
}
