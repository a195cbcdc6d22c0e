const END = Buffer.from('\r\n\r\n');
const BANNER = Buffer.from('Asterisk Call Manager/');

/** No event or response that this package asks for comes near it, in bytes. */
export const MAX_BLOCK_BYTES = 64 * 1024;

export interface Framer {
  /**
   * Takes bytes as they come, in pieces of any size; `onBlock` gets the text of each block that they end, without its
   * end. False: a block was over {@link MAX_BLOCK_BYTES}; give the link up.
   */
  push(chunk: Buffer, onBlock: (block: string) => void): boolean;
}

/**
 * Cuts an AMI stream into its blocks: CRLF CRLF ends one, and nothing else does. A single LF can stand inside a header,
 * where Asterisk relays text that somebody typed. The greeting is none.
 */
export function createFramer(): Framer {
  let rest: Buffer = Buffer.alloc(0);
  let greeted = false;

  function skipGreeting(): boolean {
    const end = rest.indexOf('\r\n');
    if (end === -1) return false;
    if (rest.subarray(0, BANNER.length).equals(BANNER)) rest = rest.subarray(end + 2);
    greeted = true;
    return true;
  }

  return {
    push(chunk, onBlock) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      if (!greeted && !skipGreeting()) return rest.length <= MAX_BLOCK_BYTES;
      let start = 0;
      let end = rest.indexOf(END);
      while (end !== -1) {
        if (end - start > MAX_BLOCK_BYTES) return false;
        // Some events are followed by a blank line too many.
        const block = rest.toString('utf8', start, end).replace(/^(\r\n)+/, '');
        if (block !== '') onBlock(block);
        start = end + END.length;
        end = rest.indexOf(END, start);
      }
      rest = Buffer.from(rest.subarray(start));
      return rest.length <= MAX_BLOCK_BYTES;
    },
  };
}
