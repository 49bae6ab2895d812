package org.rayshell.runtime.wire;

/** The layout of the messages about the arena, as {@link Frame} of the others. */
final class ArenaFrame {
  private static final int REQUEST_REGION = 120;
  private static final int REGION_GRANTED = 121;
  private static final int RETURN_REGION = 122;
  private static final int RELEASE_BLOCK = 123;
  private static final int UNREAD_BLOCKS = 124;
  private static final int COLLECT_BLOCKS = 125;

  private ArenaFrame() {}

  static boolean has(int type) {
    return type >= REQUEST_REGION && type <= COLLECT_BLOCKS;
  }

  static void write(Message.OfArena message, WireWriter out) {
    switch (message) {
      case Message.RequestRegion m -> {
        Frame.number(out, REQUEST_REGION, m.request());
        out.i64(m.bytes());
      }
      case Message.RegionGranted m -> {
        Frame.number(out, REGION_GRANTED, m.request());
        out.i64(m.offset());
        out.i64(m.length());
      }
      case Message.ReturnRegion m -> Frame.number(out, RETURN_REGION, m.offset());
      case Message.ReleaseBlock m -> {
        Frame.number(out, RELEASE_BLOCK, m.offset());
        out.i32(m.times());
      }
      case Message.CollectBlocks _ -> out.u8(COLLECT_BLOCKS);
      case Message.UnreadBlocks m -> {
        out.u8(UNREAD_BLOCKS);
        out.text(m.home());
      }
    }
  }

  static Message read(int type, WireReader in) throws ProtocolException {
    return switch (type) {
      case REQUEST_REGION -> new Message.RequestRegion(in.i64(), in.i64());
      case REGION_GRANTED -> new Message.RegionGranted(in.i64(), in.i64(), in.i64());
      case RETURN_REGION -> new Message.ReturnRegion(in.i64());
      case RELEASE_BLOCK -> new Message.ReleaseBlock(in.i64(), in.i32());
      case UNREAD_BLOCKS -> new Message.UnreadBlocks(in.name());
      case COLLECT_BLOCKS -> new Message.CollectBlocks();
      default -> throw new ProtocolException("no such type of message: type=" + type);
    };
  }
}
