package org.rayshell.runtime.wire;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.store.arena.Block;
import org.rayshell.runtime.store.arena.BlockAddress;

/**
 * The connections of a process by the name of the process at the other end. Whoever connects shows
 * the session's secret and its name first; a stranger is dropped. Owned by the loop: every method
 * is called on its thread.
 */
public final class Peers implements Connection.Handler {
  /** The name of the driver. */
  public static final String DRIVER = "driver";

  /** The name of the gateway to a Ray cluster, which runs tasks as a worker does. */
  public static final String GATEWAY = "ray";

  private static final String NAMES = DRIVER + "|" + GATEWAY + "|w[0-9]{1,10}";

  /** How long a stranger may take to show the secret, from when it has connected. */
  private static final long HELLO_WITHIN_NS = 5_000_000_000L;

  /** What comes of peers; called on the loop's thread. */
  public interface Listener {
    /** A process has connected and shown the secret. */
    void met(String name, long pid);

    /** A message of a peer. Answers go to the same connection. */
    void received(String name, Connection from, Message message) throws ProtocolException;

    /** A ref in a message of a peer. */
    default ObjectRef<?> arrived(String name, RefAddress address) throws ProtocolException {
      throw new ProtocolException("no refs are taken here: " + address);
    }

    /** A value in a message of a peer, which is in the arena. */
    default Block block(String name, BlockAddress address) throws ProtocolException {
      throw new ProtocolException("there is no object store here: " + address);
    }

    /** A connection to that process has ended, and what was under way on it is lost. */
    void lost(String name);
  }

  private final IoLoop loop;
  private final Path folder;
  private final String name;
  private final byte[] secret;
  private final Listener listener;
  private final Strangers strangers;
  private final Map<String, Connection> byName = new HashMap<>();

  /**
   * No connections yet.
   *
   * @param folder the session's, which has every process's socket
   * @param name of this process
   */
  public Peers(IoLoop loop, Path folder, String name, byte[] secret, Listener listener) {
    this(loop, folder, name, secret, listener, HELLO_WITHIN_NS);
  }

  /** As the other, with another patience for strangers. */
  Peers(
      IoLoop loop, Path folder, String name, byte[] secret, Listener listener, long helloWithinNs) {
    this.loop = loop;
    this.folder = folder;
    this.name = name;
    this.secret = secret.clone();
    this.listener = listener;
    this.strangers = new Strangers(loop, helloWithinNs);
  }

  /** The socket of a process of the session. */
  public static Path socket(Path folder, String name) {
    return folder.resolve(name + ".sock");
  }

  /**
   * The connection to a process; made if there is none.
   *
   * @throws NoDescriptorException if it is for a reason of this process that it cannot
   */
  public Connection to(String peer) throws IOException {
    Connection connection = byName.get(peer);
    if (connection == null) {
      connection = loop.connect(socket(folder, peer), this);
      connection.peer(peer);
      byName.put(peer, connection);
      connection.send(
          new Message.Hello(Frame.VERSION, secret, name, ProcessHandle.current().pid()));
    }
    return connection;
  }

  /** The connection to a process; null if there is none. */
  public Connection known(String peer) {
    return byName.get(peer);
  }

  @Override
  public void accepted(Connection connection) {
    strangers.came(connection);
  }

  @Override
  public void received(Connection from, Message message) throws ProtocolException {
    if (from.peer() != null) {
      listener.received(from.peer(), from, message);
      return;
    }
    if (!(message instanceof Message.Hello hello)) {
      throw new ProtocolException("a stranger's first message is not Hello");
    }
    if (hello.protocol() != Frame.VERSION || !MessageDigest.isEqual(hello.secret(), secret)) {
      throw new ProtocolException("a stranger without the session's secret");
    }
    if (!hello.name().matches(NAMES) || hello.name().equals(name)) {
      throw new ProtocolException("a name that no other process has: name=" + hello.name());
    }
    strangers.left(from);
    from.peer(hello.name());
    byName.putIfAbsent(hello.name(), from);
    listener.met(hello.name(), hello.pid());
  }

  @Override
  public ObjectRef<?> arrived(Connection from, RefAddress address) throws ProtocolException {
    if (from.peer() == null || !address.owner().matches(NAMES)) {
      throw new ProtocolException("a ref of nobody's: " + address);
    }
    return listener.arrived(from.peer(), address);
  }

  @Override
  public Block block(Connection from, BlockAddress address) throws ProtocolException {
    if (from.peer() == null) {
      throw new ProtocolException("a value of a stranger: " + address);
    }
    return listener.block(from.peer(), address);
  }

  @Override
  public void closed(Connection connection) {
    strangers.left(connection);
    if (connection.peer() != null) {
      // Two processes may have connected to each other at once: what was under way on either of the
      // connections is lost with it.
      byName.remove(connection.peer(), connection);
      listener.lost(connection.peer());
    }
  }
}
