import { readFileSync } from 'node:fs';
import type { Person } from '@lampboard/protocol';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/** Who sits where, by `exten@context` or by the bare number, which counts in every context. */
export type Directory = ReadonlyMap<string, Person>;

const row = z.object({
  extension: z.string().min(1),
  name: z.string().min(1),
  department: z.string().default(''),
  email: z.string().default(''),
  mobile: z.string().default(''),
});

/**
 * Reads a CSV file with the header line `extension,name,department[,email,mobile]` (RFC 4180, UTF-8, further columns
 * are left alone). A file that can't be read, or a row without extension or name, is a message for the administrator.
 */
export function readDirectory(
  path: string,
): { ok: true; directory: Directory } | { ok: false; message: string } {
  const fault = (what: string) => ({ ok: false, message: `LAMPBOARD_DIRECTORY ${path}: ${what}` }) as const;
  let records: Record<string, string>[];
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
    records = parse(text, { bom: true, columns: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    if (error instanceof TypeError) return fault('the file is not UTF-8; save it as “CSV UTF-8”.');
    return fault(error instanceof Error ? error.message : String(error));
  }
  const directory = new Map<string, Person>();
  for (const [index, record] of records.entries()) {
    const parsed = row.safeParse(record);
    if (parsed.success) {
      const { extension, ...person } = parsed.data;
      directory.set(extension, person);
      continue;
    }
    const field = String(parsed.error.issues[0]?.path[0]);
    if (!(field in record))
      return fault(`there is no column “${field}”; are the fields separated by commas?`);
    return fault(`${field} is missing in record ${index + 1}.`);
  }
  return { ok: true, directory };
}

export function personOf(directory: Directory, exten: string, context: string): Person | undefined {
  return directory.get(`${exten}@${context}`) ?? directory.get(exten);
}
