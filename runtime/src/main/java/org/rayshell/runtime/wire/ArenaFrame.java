package org.rayshell.runtime.wire;

import org.rayshell.runtime.store.arena.BlockAddress;

/** The layout of the messages about the arena, as {@link Frame} of the others. */
final class ArenaFrame {
  private static final int REQUEST_REGION = 120;
  private static final int REGION_GRANTED = 121;
  private static final int RETURN_REGION = 122;
  private static final int RELEASE_BLOCK = 123;
  private static final int UNREAD_BLOCKS = 124;
  private static final int MAKE_ROOM = 125;
  private static final int ROOM_MADE = 126;
  private static final int PIN_BLOCK = 127;
  private static final int BLOCK_PINNED = 128;

  private ArenaFrame() {}

  static boolean has(int type) {
    return type >= REQUEST_REGION && type <= BLOCK_PINNED;
  }

  static void write(Message.OfArena message, WireWriter out) {
    switch (message) {
      case Message.RequestRegion m -> {
        Frame.number(out, REQUEST_REGION, m.request());
        out.i64(m.bytes());
        out.u8(m.effort());
      }
      case Message.RegionGranted m -> {
        Frame.number(out, REGION_GRANTED, m.request());
        out.i64(m.offset());
        out.i64(m.length());
      }
      case Message.ReturnRegion m -> {
        Frame.number(out, RETURN_REGION, m.offset());
        out.i64(m.length());
      }
      case Message.ReleaseBlock m -> {
        Frame.number(out, RELEASE_BLOCK, m.at());
        out.text(m.home());
        out.i32(m.times());
      }
      case Message.UnreadBlocks m -> {
        out.u8(UNREAD_BLOCKS);
        out.text(m.home());
      }
      case Message.MakeRoom m -> {
        Frame.number(out, MAKE_ROOM, m.request());
        out.i64(m.bytes());
        out.u8(m.spill() ? 1 : 0);
      }
      case Message.RoomMade m -> Frame.number(out, ROOM_MADE, m.request());
      case Message.PinBlock m -> {
        Frame.number(out, PIN_BLOCK, m.request());
        address(m.block(), out);
        out.text(m.reader());
      }
      case Message.BlockPinned m -> {
        Frame.number(out, BLOCK_PINNED, m.request());
        out.u8(m.there() ? 1 : 0);
      }
    }
  }

  static void address(BlockAddress block, WireWriter out) {
    out.text(block.keeper());
    out.text(block.home());
    out.i64(block.at());
    out.i32(block.size());
  }

  static BlockAddress address(WireReader in) throws ProtocolException {
    return new BlockAddress(in.name(), in.name(), in.i64(), in.i32());
  }

  static Message read(int type, WireReader in) throws ProtocolException {
    return switch (type) {
      case REQUEST_REGION -> new Message.RequestRegion(in.i64(), in.i64(), in.u8());
      case REGION_GRANTED -> new Message.RegionGranted(in.i64(), in.i64(), in.i64());
      case RETURN_REGION -> new Message.ReturnRegion(in.i64(), in.i64());
      case RELEASE_BLOCK -> {
        long at = in.i64();
        yield new Message.ReleaseBlock(in.name(), at, in.i32());
      }
      case UNREAD_BLOCKS -> new Message.UnreadBlocks(in.name());
      case MAKE_ROOM -> new Message.MakeRoom(in.i64(), in.i64(), in.u8() != 0);
      case ROOM_MADE -> new Message.RoomMade(in.i64());
      case PIN_BLOCK -> new Message.PinBlock(in.i64(), address(in), in.name());
      case BLOCK_PINNED -> new Message.BlockPinned(in.i64(), in.u8() != 0);
      default -> throw new ProtocolException("no such type of message: type=" + type);
    };
  }
}
