import { isAscii, isUtf8 } from 'node:buffer';

/** Asterisk truncates texts of events and lists to this, even inside a character. */
const TRUNCATION_BYTES = 255;
const CR_LF = Buffer.from('\r\n');
/** Windows-1252 from 0x80 to 0x9f (WHATWG Encoding), for which Node 20's TextDecoder uses latin1. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/**
 * Decodes UTF-8, else Windows-1252, in which every byte is a character. UTF-8 that ends inside a character stays UTF-8,
 * with U+FFFD at its end; if all before that end is ASCII, only with `mayBeTruncated`.
 */
export function decodeText(bytes: Buffer, { mayBeTruncated = false } = {}): string {
  if (isUtf8(bytes)) return bytes.toString();
  const complete = bytes.subarray(0, lastCharacterIndex(bytes));
  const isTruncated =
    isUtf8(complete) &&
    (mayBeTruncated || !isAscii(complete)) &&
    isIncompleteCharacter(bytes.subarray(complete.length));
  return isTruncated ? bytes.toString() : decodeWindows1252(bytes);
}

function decodeWindows1252(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replaceAll(/[\x80-\x9f]/g, (byte) => WINDOWS_1252.charAt(byte.charCodeAt(0) - 0x80));
}

/** Decodes each line of a block by itself, since encodings may differ; `identifierHeaders` are always UTF-8. */
export function createLineDecoder(identifierHeaders: readonly string[]): (block: Buffer) => string[] {
  const identifiers = new Set(identifierHeaders.map((header) => header.toLowerCase()));

  return (block) => {
    if (isUtf8(block)) return block.toString().split('\r\n');
    const lines: string[] = [];
    for (let start = 0; start <= block.length;) {
      const lineEnd = block.indexOf(CR_LF, start);
      const end = lineEnd === -1 ? block.length : lineEnd;
      const line = block.subarray(start, end);
      const header = line.toString('latin1', 0, Math.max(0, line.indexOf(':'))).toLowerCase();
      lines.push(
        identifiers.has(header)
          ? line.toString()
          : decodeText(line, { mayBeTruncated: line.length > TRUNCATION_BYTES }),
      );
      start = end + CR_LF.length;
    }
    return lines;
  };
}

/** The index of the last byte that begins a UTF-8 character. */
function lastCharacterIndex(bytes: Buffer): number {
  let index = bytes.length - 1;
  while (index > 0 && index > bytes.length - 4 && isContinuation(bytes[index])) index -= 1;
  return index;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte < 0xc0;
}

function isIncompleteCharacter([lead = 0, ...rest]: Buffer): boolean {
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  return lead >= 0xc2 && lead <= 0xf4 && rest.length + 1 < length && rest.every(isContinuation);
}

const CONTROL_CHARACTERS: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Undoes Asterisk's C escapes (`ast_escape_c`). */
export function unescapeC(text: string): string {
  return text.replaceAll(/\\(.)/gsu, (_, character: string) => CONTROL_CHARACTERS[character] ?? character);
}
