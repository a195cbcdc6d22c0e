/**
 * Text as AMI carries it: a string with one character for each byte. Asterisk counts, cuts and filters bytes, even
 * inside a UTF-8 character, so everything between the socket and the API is kept in this form.
 */
export function toBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** The text that `toBytes` was given; a character that was cut in two becomes U+FFFD. */
export function fromBytes(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Standard base64 of the bytes. */
export function encodeBase64(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('base64');
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * Base64 as Asterisk reads it: stops at `=`, takes any other character outside the alphabet for the value 63, and the
 * result, being a C string, ends at the first NUL.
 */
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
