package org.rayshell.kernel.magic;

import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.session.History;

/** The magics that need no runtime. */
public final class JavaMagics {
  private JavaMagics() {}

  /**
   * Adds them all.
   *
   * @param reporter tells of cells by {@code %%time -r}
   * @param history what has been run
   * @param sources of what Maven adds
   * @param documentation of names
   */
  public static void register(
      Magics magics,
      Evaluator java,
      CellReporter reporter,
      History history,
      MavenSources sources,
      Documentation documentation) {
    magics.register(new TimeMagic(reporter));
    magics.register(new TimeitMagic());
    magics.register(new XmodeMagic(java.trace()));
    magics.register(new ConfigMagic(Settings.all(java.trace(), java.offeredImports())));
    magics.register(new LsmagicMagic(magics));
    magics.register(new WhoMagic(java, false));
    magics.register(new WhoMagic(java, true));
    magics.register(new ResetMagic(java));
    magics.register(new JshellMagic(java));
    magics.register(new JavapMagic(java));
    magics.register(new JavacMagic(java));
    magics.register(new JavadocMagic(documentation));
    magics.register(new HelpMagic(false, documentation, magics));
    magics.register(new HelpMagic(true, documentation, magics));
    magics.register(new HistoryMagic(history));
    magics.register(new SaveMagic(history));
    magics.register(new LoadMagic());
    magics.register(new OpenMagic());
    magics.register(new WriteFileMagic());
    magics.register(new FolderMagic(true));
    magics.register(new FolderMagic(false));
    magics.register(new EnvMagic());
    magics.register(new ScriptMagic("bash"));
    magics.register(new ScriptMagic(MagicLine.SHELL));
    magics.register(new PagerMagic());
    magics.register(new ShowMagic("html", "HTML", "text/html"));
    magics.register(new ShowMagic("markdown", "Markdown", "text/markdown"));
    magics.register(new ShowMagic("latex", "LaTeX", "text/latex"));
    magics.register(new ShowMagic("svg", "an SVG picture", "image/svg+xml"));
    magics.register(new ShowMagic("javascript", "JavaScript", "application/javascript"));
    magics.register(new MemoryMagic(false));
    magics.register(new MemoryMagic(true));
    magics.register(new JfrMagic(java.trace()));
    LibraryPath libraries = new LibraryPath(java, magics);
    MavenDownload maven = new MavenDownload(libraries, sources.repositories());
    magics.register(new ClassPathMagic("classpath", false, libraries));
    magics.register(new MavenMagic(MavenMagic.NAME, maven));
    magics.register(new MavenRepoMagic("mavenRepo", maven.repositories()));
    magics.register(new PomMagic(maven));
    // As other kernels of Java call them.
    magics.register(new ClassPathMagic("jars", true, libraries));
    magics.register(new MavenMagic("addMavenDependency", maven));
    magics.register(new MavenMagic("addMavenDependencies", maven));
    magics.register(new MavenRepoMagic("addMavenRepo", maven.repositories()));
  }
}
