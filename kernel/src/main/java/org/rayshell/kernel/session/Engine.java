package org.rayshell.kernel.session;

import java.util.List;

/**
 * What answers the requests of a session; named by the property {@code rayshell.engine}, it has a
 * public constructor without parameters or with a {@link SessionContext}. Thread-safe: subshells
 * let {@link #execute}, {@code complete}, {@code inspect} and {@code isComplete} run several at
 * once, each on the thread of its shell; a cell that runs long is to hold back none of them.
 */
public interface Engine extends AutoCloseable {
  /**
   * The slow part of starting, called once, on a thread of its own, before any call but {@link
   * #info}: a front end's first question is answered meanwhile, so constructors are to be quick.
   */
  default void start() {}

  /** Runs a cell. An exception or error that it throws becomes the cell's error. */
  ExecuteResult execute(String code, Cell cell);

  /**
   * Runs what is user code without being a cell, such as the handler of a {@code comm_msg}: it may
   * have to be ended by {@link #interrupt}, too.
   *
   * @param type of the message that is handled
   */
  default void handle(String type, Cell cell, Runnable handler) {
    handler.run();
  }

  /** Completions at the cursor, which counts UTF-16 units. */
  Completion complete(String code, int cursor);

  /** Help on what is at the cursor, which counts UTF-16 units; the second detail level is 1. */
  Inspection inspect(String code, int cursor, int detail);

  /** Whether a console should send the code or ask for more lines. */
  Completeness isComplete(String code);

  /**
   * Ends the cells and handlers that run, all of them, from another thread; returns at once.
   * Nothing if none does.
   */
  void interrupt();

  /** What {@code kernel_info_reply} says beside the protocol; called on any thread, at any time. */
  KernelInfo info();

  /** Called after each request and before its {@code idle}: pending output is to be published. */
  void beforeIdle();

  /** The kernel ends: last states are published, processes are ended. */
  @Override
  void close();

  /** How a cell ended. */
  sealed interface ExecuteResult {
    /**
     * Without an error.
     *
     * @param data the MIME bundle of its result, null if it has none to publish
     * @param payload payloads for the front end, such as a pager's
     */
    record Ok(MimeBundle data, List<Payload> payload) implements ExecuteResult {}

    /** With an error; the session publishes it and answers with it. */
    record Failed(String ename, String evalue, List<String> traceback) implements ExecuteResult {}
  }

  /** What a front end is asked to do after a cell: {@code page} with a bundle. */
  record Payload(String source, MimeBundle data, int start) {}

  /** Completions of {@code code[start, end)}, UTF-16 units; types have the matches' order. */
  record Completion(List<Match> matches, int start, int end) {}

  /** One completion; type and signature may be empty. */
  record Match(String text, String type, String signature) {}

  /** Help; null data if nothing was found. */
  record Inspection(MimeBundle data) {}

  /**
   * {@code complete}, {@code incomplete}, {@code invalid} or {@code unknown}; indent may be empty.
   */
  record Completeness(String status, String indent) {}

  /** The kernel in its own words. */
  record KernelInfo(
      String implementation,
      String implementationVersion,
      String banner,
      String languageVersion,
      List<HelpLink> helpLinks) {}

  /** A link in the front end's help menu. */
  record HelpLink(String text, String url) {}
}
