package org.rayshell.kernel.session;

/** A request is for a subshell that does not exist, or not any more. */
final class UnknownSubshellException extends Exception {
  private static final long serialVersionUID = 1L;

  UnknownSubshellException(String id) {
    super(
        "subshell_id="
            + (id.length() > 60 ? id.substring(0, 60) + "…" : id)
            + " is unknown; list_subshell_request tells which there are");
  }
}
