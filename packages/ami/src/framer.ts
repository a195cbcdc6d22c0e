const LINE_END = Buffer.from('\r\n');
const END = Buffer.from('\r\n\r\n');
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
  let rest: Buffer = Buffer.alloc(0);
  let greeted = false;

  function skipGreeting(): boolean {
    const end = rest.indexOf(LINE_END);
    if (end === -1) return false;
    if (rest.subarray(0, BANNER.length).equals(BANNER)) rest = rest.subarray(end + LINE_END.length);
    greeted = true;
    return true;
  }

  return {
    push(chunk, onBlock) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let start = 0;
      if (greeted || skipGreeting()) {
        let end = rest.indexOf(END);
        while (end !== -1) {
          if (end - start > MAX_BLOCK_BYTES) return false;
          // Some events are followed by a blank line too many.
          while (start < end && rest[start] === LINE_END[0] && rest[start + 1] === LINE_END[1]) start += 2;
          if (start < end) onBlock(rest.subarray(start, end));
          start = end + END.length;
          end = rest.indexOf(END, start);
        }
      }
      rest = Buffer.from(rest.subarray(start));
      return rest.length <= MAX_BLOCK_BYTES;
    },
  };
}
