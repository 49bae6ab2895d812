package org.rayshell.kernel.assist;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.ThrowsTree;
import java.util.List;

/** Tags of comments that describe something: a parameter, an exception, the result. */
final class BlockTags {
  private BlockTags() {}

  /** Whether both are of the same parameter, exception or result. */
  static boolean areOfTheSame(DocTree one, DocTree other) {
    return switch (one) {
      case ParamTree param ->
          other instanceof ParamTree of
              && param.getName().toString().equals(of.getName().toString());
      case ThrowsTree thrown ->
          other instanceof ThrowsTree of
              && thrown.getExceptionName().toString().equals(of.getExceptionName().toString());
      default -> one.getKind() == other.getKind();
    };
  }

  /** What the tag says of it; empty for others. */
  static List<? extends DocTree> description(DocTree tag) {
    return switch (tag) {
      case ParamTree param -> param.getDescription();
      case ThrowsTree thrown -> thrown.getDescription();
      case ReturnTree returned -> returned.getDescription();
      default -> List.of();
    };
  }
}
