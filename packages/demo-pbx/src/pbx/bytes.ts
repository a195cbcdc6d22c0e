/**
 * Converts text to one character per UTF-8 byte. Asterisk counts, truncates and filters bytes, so all text between the
 * socket and the API has this form.
 */
export function toBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Inverse of `toBytes`; a truncated character becomes U+FFFD. */
export function fromBytes(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

export function encodeBase64(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('base64');
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Decodes as Asterisk: stops at `=`, takes other invalid characters for 63, and ends at the first NUL. */
export function decodeBase64(text: string): string {
  let bits = 0;
  let value = 0;
  let bytes = '';
  for (const character of text) {
    if (character === '=') break;
    value = ((value << 6) | (ALPHABET.indexOf(character) & 63)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += String.fromCharCode((value >> bits) & 0xff);
  }
  const end = bytes.indexOf('\0');
  return end < 0 ? bytes : bytes.slice(0, end);
}
