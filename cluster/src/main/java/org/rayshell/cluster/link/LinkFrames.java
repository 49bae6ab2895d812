package org.rayshell.cluster.link;

/** The kinds of what is sent on a link, the first byte of each; append only. */
final class LinkFrames {
  // From a worker.

  /** A task begins: task, attempt, epoch nanoseconds. */
  static final int STARTED = 1;

  /** A line of a task: task, cell, function, whether of stderr, text. */
  static final int LINE = 2;

  /** A task has ended: {@link TaskEnd}, bytes of its result or none. */
  static final int ENDED = 3;

  /** Code that values name: hash, bytes. */
  static final int EXPORT = 4;

  /** Wants code: number of the question, hash. */
  static final int ASK_EXPORT = 5;

  /** Wants to know what the cluster has: number of the question. */
  static final int ASK_STATE = 6;

  /** A task wants another one cancelled: task, by force. */
  static final int CANCEL = 7;

  /** A task has changed that a task has submitted. */
  static final int NEWS = 8;

  /** Wants a jar: number of the question, its path. */
  static final int ASK_FILE = 9;

  /** A slot is there and runs nothing yet: slot. */
  static final int READY = 10;

  /** Calls that a slot was sent and does not begin: slot, tasks. */
  static final int RETURNED = 11;

  /** What the task makes is kept in Ray's store as what its slot has made: task. */
  static final int KEPT = 12;

  // To a worker.

  /** The answer to {@link #ASK_EXPORT}: number, bytes or none. */
  static final int EXPORT_REPLY = 20;

  /** The answer to {@link #ASK_STATE}: number, total, available, nodes. */
  static final int STATE_REPLY = 21;

  /** The task is not wanted any more: task, whether by force. */
  static final int CANCELLED = 22;

  /** The answer to {@link #ASK_FILE}: number, bytes or none. */
  static final int FILE_REPLY = 23;

  /** Calls for a slot: slot, bytes of each. */
  static final int CALLS = 24;

  /** No more calls come for the slot: slot. */
  static final int CLOSE = 25;

  /** What the task makes, if it runs, is to be kept in Ray's store: task. */
  static final int KEEP = 26;

  /** The version of all this, sent first by a worker. */
  static final int VERSION = 1;

  private LinkFrames() {}
}
