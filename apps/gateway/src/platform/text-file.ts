const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'may not be read by this user',
  EISDIR: 'is a folder',
  ELOOP: 'is a link in a circle',
  ENOENT: 'is not there',
  ENOTDIR: 'is not there',
  EPERM: 'may not be read by this user',
};

/** Says why a file can't be read, as the end of a sentence that begins with its path. */
export function readErrorText(error: unknown): string {
  const code = errorCode(error);
  return REASONS[code] ?? `can't be read (${code})`;
}

/** Returns the system's code of an error, such as `ENOENT`; `unknown` where it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

/** Decodes UTF-8 and skips a byte order mark; null for anything else, such as the UTF-16 of some editors. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}
