package org.rayshell.kernel.assist;

import com.sun.source.doctree.BlockTagTree;
import com.sun.source.doctree.DeprecatedTree;
import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.IndexTree;
import com.sun.source.doctree.InheritDocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.RawTextTree;
import com.sun.source.doctree.ReferenceTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.SeeTree;
import com.sun.source.doctree.SinceTree;
import com.sun.source.doctree.SnippetTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.SummaryTree;
import com.sun.source.doctree.SystemPropertyTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.doctree.UnknownBlockTagTree;
import com.sun.source.doctree.ValueTree;
import com.sun.source.util.SimpleDocTreeVisitor;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;

/** Turns documentation comments into Markdown or into plain text; of use once. */
final class DocText extends SimpleDocTreeVisitor<Void, Void> {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern TO_ESCAPE = Pattern.compile("[\\\\`*_\\[\\]$|#]");

  /** A comment, and what it is of. */
  record Comment(Element element, DocCommentTree comment) {}

  private final boolean markdown;
  private final Function<Element, Comment> above;
  private final DocCommentTree comment;
  private Element element;
  // Null outside of block tags.
  private DocTree tag;
  private final StringBuilder text = new StringBuilder();
  private String indent = "";
  private boolean preformatted;

  /**
   * @param markdown whether not plain text
   * @param above finds the comment that {@code {@inheritDoc}} stands for in an element's; gives
   *     null if there is none
   */
  DocText(boolean markdown, Comment comment, Function<Element, Comment> above) {
    this.markdown = markdown;
    this.comment = comment.comment;
    this.element = comment.element;
    this.above = above;
  }

  /** All of the comment. */
  String all() {
    List<? extends DocTree> tags = comment.getBlockTags();
    tags.stream().filter(DeprecatedTree.class::isInstance).forEach(each -> visit(each, null));
    visit(comment.getFullBody(), null);
    section("Parameters", tags, ParamTree.class);
    section("Returns", tags, ReturnTree.class);
    section("Throws", tags, ThrowsTree.class);
    tags.stream().filter(UnknownBlockTagTree.class::isInstance).forEach(each -> visit(each, null));
    section("See also", tags, SeeTree.class);
    section("Since", tags, SinceTree.class);
    return finished();
  }

  /** What it says first, and what of that parameter; -1 for none. */
  String brief(String parameter) {
    visit(comment.getFirstSentence(), null);
    for (DocTree each : comment.getBlockTags()) {
      if (each instanceof ParamTree param
          && !param.isTypeParameter()
          && param.getName().getName().contentEquals(parameter)) {
        paragraph();
        visit(each, null);
      }
    }
    return finished();
  }

  private void section(
      String title, List<? extends DocTree> tags, Class<? extends BlockTagTree> kind) {
    List<? extends DocTree> of = tags.stream().filter(kind::isInstance).toList();
    if (of.isEmpty()) {
      return;
    }
    paragraph();
    text.append(strong(title)).append(of.getFirst() instanceof ReturnTree ? " " : "");
    boolean short_ = kind == SinceTree.class || kind == SeeTree.class;
    for (DocTree each : of) {
      if (each instanceof ReturnTree) {
        visit(each, null);
      } else if (short_) {
        text.append(each == of.getFirst() ? " " : ", ");
        visit(each, null);
      } else {
        item();
        visit(each, null);
        indent = "";
      }
    }
  }

  private String finished() {
    // Lines are not broken: front ends know how wide they are.
    return text.toString().replaceAll("[ \\t]+\\n", "\n").replaceAll("\n{3,}", "\n\n").strip();
  }

  private void paragraph() {
    text.append("\n\n").append(indent);
  }

  private void item() {
    text.append("\n").append("- ");
    indent = "  ";
  }

  private String strong(String words) {
    return markdown ? "**" + words + "**" : words + ":";
  }

  private void code(String words) {
    String line = BLANKS.matcher(words).replaceAll(" ").strip();
    if (preformatted || !markdown) {
      text.append(preformatted ? words : line);
    } else {
      String fence = line.contains("`") ? "``" : "`";
      text.append(fence).append(line).append(fence);
    }
  }

  private void block(String words) {
    String plain = words.stripIndent().strip();
    paragraph();
    if (markdown) {
      text.append("```java\n").append(plain).append("\n```\n\n");
    } else {
      text.append("    ").append(plain.replace("\n", "\n    ")).append("\n\n");
    }
  }

  private void words(String words) {
    if (preformatted) {
      text.append(words);
      return;
    }
    String line = BLANKS.matcher(words).replaceAll(" ");
    boolean begins =
        text.isEmpty()
            || text.charAt(text.length() - 1) == '\n'
            || text.toString().endsWith("\n" + indent);
    line = begins ? line.stripLeading() : line;
    text.append(markdown ? escaped(line) : line);
  }

  static String escaped(String line) {
    return TO_ESCAPE
        .matcher(line)
        .replaceAll(found -> Matcher.quoteReplacement("\\" + found.group()))
        .replace("<", "&lt;");
  }

  @Override
  protected Void defaultAction(DocTree tree, Void nothing) {
    return null;
  }

  @Override
  public Void visitText(TextTree tree, Void nothing) {
    words(tree.getBody());
    return null;
  }

  @Override
  public Void visitRawText(RawTextTree tree, Void nothing) {
    text.append(tree.getContent());
    return null;
  }

  @Override
  public Void visitEntity(EntityTree tree, Void nothing) {
    words(Entities.characters(tree.getName().toString()));
    return null;
  }

  @Override
  public Void visitLiteral(LiteralTree tree, Void nothing) {
    if (tree.getKind() == DocTree.Kind.CODE) {
      code(tree.getBody().getBody());
    } else {
      words(tree.getBody().getBody());
    }
    return null;
  }

  @Override
  public Void visitLink(LinkTree tree, Void nothing) {
    boolean plain = tree.getKind() == DocTree.Kind.LINK_PLAIN;
    if (tree.getLabel().isEmpty()) {
      String name = tree.getReference().getSignature().replaceFirst("^#", "").replace('#', '.');
      code(name.replaceAll("\\b(?:[a-z_]\\w*\\.)+(?=[A-Z])", ""));
    } else if (plain || tree.getLabel().stream().anyMatch(each -> !(each instanceof TextTree))) {
      visit(tree.getLabel(), null);
    } else {
      code(((TextTree) tree.getLabel().getFirst()).getBody());
    }
    return null;
  }

  @Override
  public Void visitValue(ValueTree tree, Void nothing) {
    if (tree.getReference() != null) {
      code(tree.getReference().getSignature().replace('#', '.'));
    }
    return null;
  }

  @Override
  public Void visitSystemProperty(SystemPropertyTree tree, Void nothing) {
    code(tree.getPropertyName().toString());
    return null;
  }

  @Override
  public Void visitIndex(IndexTree tree, Void nothing) {
    visit(tree.getSearchTerm(), null);
    return null;
  }

  @Override
  public Void visitSummary(SummaryTree tree, Void nothing) {
    return visit(tree.getSummary(), null);
  }

  @Override
  public Void visitSnippet(SnippetTree tree, Void nothing) {
    if (tree.getBody() != null) {
      block(tree.getBody().getBody().replaceAll("(?m)\\s*// @\\w+.*$", ""));
    }
    return null;
  }

  @Override
  public Void visitInheritDoc(InheritDocTree tree, Void nothing) {
    Comment from = above.apply(element);
    if (from == null) {
      return null;
    }
    Element own = element;
    element = from.element;
    if (tag == null) {
      visit(from.comment.getFullBody(), null);
    } else {
      from.comment.getBlockTags().stream()
          .filter(each -> BlockTags.areOfTheSame(each, tag))
          .findFirst()
          .ifPresent(each -> visit(BlockTags.description(each), null));
    }
    element = own;
    return null;
  }

  /** What a block tag says of its thing. */
  private Void describe(DocTree of) {
    tag = of;
    visit(BlockTags.description(of), null);
    tag = null;
    return null;
  }

  @Override
  public Void visitReturn(ReturnTree tree, Void nothing) {
    if (tree.isInline()) {
      words("Returns ");
      visit(tree.getDescription(), null);
      words(".");
      return null;
    }
    return describe(tree);
  }

  @Override
  public Void visitParam(ParamTree tree, Void nothing) {
    String name = tree.getName().getName().toString();
    code(tree.isTypeParameter() ? "<" + name + ">" : name);
    text.append(" – ");
    return describe(tree);
  }

  @Override
  public Void visitThrows(ThrowsTree tree, Void nothing) {
    code(tree.getExceptionName().getSignature());
    text.append(" – ");
    return describe(tree);
  }

  @Override
  public Void visitDeprecated(DeprecatedTree tree, Void nothing) {
    text.append(strong("Deprecated")).append(' ');
    visit(tree.getBody(), null);
    paragraph();
    return null;
  }

  @Override
  public Void visitSince(SinceTree tree, Void nothing) {
    return visit(tree.getBody(), null);
  }

  @Override
  public Void visitSee(SeeTree tree, Void nothing) {
    for (DocTree each : tree.getReference()) {
      if (each instanceof ReferenceTree reference) {
        code(reference.getSignature().replaceFirst("^#", "").replace('#', '.'));
        return null;
      }
      visit(each, null);
    }
    return null;
  }

  @Override
  public Void visitUnknownBlockTag(UnknownBlockTagTree tree, Void nothing) {
    String title =
        switch (tree.getTagName()) {
          case "apiNote" -> "API note";
          case "implSpec" -> "Implementation requirements";
          case "implNote" -> "Implementation note";
          default -> null;
        };
    if (title != null) {
      paragraph();
      text.append(strong(title)).append(' ');
      visit(tree.getContent(), null);
    }
    return null;
  }

  @Override
  public Void visitStartElement(StartElementTree tree, Void nothing) {
    switch (tree.getName().toString().toLowerCase(Locale.ROOT)) {
      case "p", "ul", "ol", "dl", "table", "div", "blockquote", "h1", "h2", "h3", "h4", "h5" ->
          paragraph();
      case "li", "dt" -> item();
      case "tr", "br" -> text.append('\n').append(indent);
      case "td", "th", "dd" -> text.append(' ');
      case "pre" -> {
        paragraph();
        text.append(markdown ? "```\n" : "");
        preformatted = true;
      }
      case "code", "tt" -> mark("`");
      case "b", "strong" -> mark("**");
      case "i", "em", "var", "cite" -> mark("*");
      case "sup" -> text.append('^');
      default -> {}
    }
    return null;
  }

  @Override
  public Void visitEndElement(EndElementTree tree, Void nothing) {
    switch (tree.getName().toString().toLowerCase(Locale.ROOT)) {
      case "pre" -> {
        preformatted = false;
        text.append(markdown ? "\n```\n\n" : "\n\n");
      }
      case "ul", "ol", "dl" -> {
        indent = "";
        paragraph();
      }
      case "p", "table", "div", "blockquote", "h1", "h2", "h3", "h4", "h5" -> paragraph();
      case "code", "tt" -> mark("`");
      case "b", "strong" -> mark("**");
      case "i", "em", "var", "cite" -> mark("*");
      default -> {}
    }
    return null;
  }

  private void mark(String sign) {
    if (markdown && !preformatted) {
      text.append(sign);
    }
  }
}
