const LINE_END = Buffer.from('\r\n');
const BLOCK_END = Buffer.from('\r\n\r\n');
const BANNER = Buffer.from('Asterisk Call Manager/');

/** Far above any block that this package requests. */
export const MAX_BLOCK_BYTES = 64 * 1024;

/**
 * Splits an AMI stream into blocks at CRLF CRLF, and skips the banner. A single LF may be part of a header's text. Blocks
 * stay bytes, since most are dropped undecoded.
 */
export function createFramer() {
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
    /**
     * Calls `onBlock` with each completed block, without its terminator; the memory is reused, so read it synchronously.
     * Returns false for a block over {@link MAX_BLOCK_BYTES}: disconnect.
     */
    push(chunk: Buffer, onBlock: (block: Buffer) => void): boolean {
      remainder = remainder.length === 0 ? chunk : Buffer.concat([remainder, chunk]);
      let start = 0;
      if (bannerSeen || skipBanner()) {
        let end = remainder.indexOf(BLOCK_END);
        while (end !== -1) {
          if (end - start > MAX_BLOCK_BYTES) return false;
          // Asterisk follows some events by an extra blank line.
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
