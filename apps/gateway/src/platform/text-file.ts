import { tryOr } from './failure.ts';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'is not readable by this user',
  EISDIR: 'is a folder',
  ELOOP: 'is a circular link',
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EPERM: 'is not readable by this user',
};

/** Returns why a file can't be read, as the end of a sentence that begins with its path. */
export function readErrorText(error: unknown): string {
  const code = errorCode(error);
  return REASONS[code] ?? `can't be read (${code})`;
}

/** Returns the code of a system error, such as `ENOENT`; else `unknown`. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

/** Decodes UTF-8 without its byte order mark; null for other encodings. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  const text = tryOr(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes), null);
  return text?.includes('\0') ? null : text;
}
