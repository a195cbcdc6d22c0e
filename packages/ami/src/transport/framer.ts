const LINE_END = Buffer.from('\r\n');
const BLOCK_END = Buffer.from('\r\n\r\n');
const BANNER = Buffer.from('Asterisk Call Manager/');

/** No event or response that this package asks for comes near it, in bytes. */
export const MAX_BLOCK_BYTES = 64 * 1024;

export interface Framer {
  /**
   * Takes bytes as they come, in pieces of any size; `onBlock` gets each block that they end, without its end, to be
   * read at once: the memory is used again. False: a block was over {@link MAX_BLOCK_BYTES}; give the link up.
   */
  push(chunk: Buffer, onBlock: (block: Buffer) => void): boolean;
}

/**
 * Cuts an AMI stream into its blocks: CRLF CRLF ends one, and nothing else does. A single LF can stand inside a header,
 * where Asterisk relays text that somebody typed. The greeting is none. Blocks stay bytes, for a busy PBX tells much
 * that nobody wants.
 */
export function createFramer(): Framer {
  let remainder: Buffer = Buffer.alloc(0);
  let bannerSeen = false;

  function skipBanner(): boolean {
    const end = remainder.indexOf(LINE_END);
    if (end === -1) return false;
    if (remainder.subarray(0, BANNER.length).equals(BANNER))
      remainder = remainder.subarray(end + LINE_END.length);
    bannerSeen = true;
    return true;
  }

  return {
    push(chunk, onBlock) {
      remainder = remainder.length === 0 ? chunk : Buffer.concat([remainder, chunk]);
      let start = 0;
      if (bannerSeen || skipBanner()) {
        let end = remainder.indexOf(BLOCK_END);
        while (end !== -1) {
          if (end - start > MAX_BLOCK_BYTES) return false;
          // Some events are followed by a blank line too many.
          while (start < end && remainder[start] === LINE_END[0] && remainder[start + 1] === LINE_END[1])
            start += 2;
          if (start < end) onBlock(remainder.subarray(start, end));
          start = end + BLOCK_END.length;
          end = remainder.indexOf(BLOCK_END, start);
        }
      }
      remainder = Buffer.from(remainder.subarray(start));
      return remainder.length <= MAX_BLOCK_BYTES;
    },
  };
}
