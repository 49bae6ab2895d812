package org.rayshell.kernel.magic;

import java.util.Set;
import org.eclipse.aether.repository.RemoteRepository;

/** {@code %mavenRepo ID URL}: a repository more, for the rest of the session. */
final class MavenRepoMagic implements Magic {
  private final String name;
  private final MavenRepositories repositories;

  MavenRepoMagic(String name, MavenRepositories repositories) {
    this.name = name;
    this.repositories = repositories;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE);
  }

  @Override
  public String usage() {
    return "%" + name + " ID URL";
  }

  @Override
  public String summary() {
    return "a repository more for %maven, asked before the others; alone, lists those added";
  }

  @Override
  public MagicResult run(MagicCall call) throws MagicException {
    if (call.words().isEmpty()) {
      if (repositories.all().isEmpty()) {
        call.println("no repository was added to those of Maven's settings");
      }
      repositories.all().forEach(each -> call.println(each.getId() + " " + each.getUrl()));
      return MagicResult.done();
    }
    if (call.words().size() != 2) {
      throw new MagicException(call.written() + " needs an id and an address: " + usage());
    }
    RemoteRepository added = repositories.add(call.words().getFirst(), call.words().getLast());
    call.println("added " + added.getId() + " " + added.getUrl());
    return MagicResult.done();
  }
}
