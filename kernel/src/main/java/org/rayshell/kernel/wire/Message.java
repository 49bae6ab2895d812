package org.rayshell.kernel.wire;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * A message as it travels.
 *
 * @param identities the routing prefix: who sent it or is to get it, or the topic on iopub
 * @param parent header of the message that caused this one, empty if none did
 * @param buffers raw data behind the content, not signed
 */
public record Message(
    List<byte[]> identities,
    Header header,
    JsonObject parent,
    JsonObject metadata,
    JsonObject content,
    List<byte[]> buffers) {}
