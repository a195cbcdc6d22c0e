import * as z from 'zod/mini';
import { kind } from './kind.ts';

/** Of a photo, as it is stored and sent. */
export const MAX_PHOTO_BYTES = 64 * 1024;
/** Width and height in pixels. */
export const MAX_PHOTO_SIZE = 1024;
/** Of the text of a file to import, in UTF-16 units: more than 10,000 rows. */
export const MAX_IMPORT_LENGTH = 2_000_000;

/** Of the texts of an entry, in UTF-16 units. */
export const MAX_FIELD_LENGTHS = { name: 100, department: 100, email: 254, mobile: 60 } as const;

const MAX_ID_LENGTH = 320;

/** One line without control characters, trimmed; empty, or with a visible character. */
const text = (maxLength: number) =>
  z
    .string()
    .check(
      z.trim(),
      z.maxLength(maxLength),
      z.regex(/^[^\p{Cc}\u2028\u2029]*$/u),
      z.regex(/^$|[^\s\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u),
    );

const fields = {
  name: text(MAX_FIELD_LENGTHS.name).check(z.minLength(1)),
  department: text(MAX_FIELD_LENGTHS.department),
  email: text(MAX_FIELD_LENGTHS.email),
  mobile: text(MAX_FIELD_LENGTHS.mobile),
  kind,
  hidden: z.boolean(),
  /** The id of the extension that takes over; empty for nobody. */
  deputy: z.string().check(z.maxLength(MAX_ID_LENGTH)),
  /** The hash by which the photo is found. */
  photo: z.string(),
};

/** What one source says of an extension; an absent field is left to the next source. */
export const directoryFields = z.readonly(
  z.object({
    name: z.optional(z.string()),
    department: z.optional(z.string()),
    email: z.optional(z.string()),
    mobile: z.optional(z.string()),
    kind: z.optional(kind),
    hidden: z.optional(z.boolean()),
    deputy: z.optional(z.string()),
    photo: z.optional(z.string()),
  }),
);
export type DirectoryFields = z.infer<typeof directoryFields>;
/** Fields of a directory file. */
export const FILE_FIELDS = ['name', 'department', 'email', 'mobile', 'kind', 'hidden', 'deputy'] as const;
export const DIRECTORY_FIELDS = [
  ...FILE_FIELDS,
  'photo',
] as const satisfies readonly (keyof DirectoryFields)[];
export type DirectoryField = (typeof DIRECTORY_FIELDS)[number];

/** Sets fields; null takes one back, so that the next source counts. A photo is set by `set-photo`. */
export const directoryPatch = z.readonly(
  z.object({
    name: z.optional(z.nullable(fields.name)),
    department: z.optional(z.nullable(fields.department)),
    email: z.optional(z.nullable(fields.email)),
    mobile: z.optional(z.nullable(fields.mobile)),
    kind: z.optional(z.nullable(fields.kind)),
    hidden: z.optional(z.nullable(fields.hidden)),
    deputy: z.optional(z.nullable(fields.deputy)),
    photo: z.optional(z.null()),
  }),
);
export type DirectoryPatch = z.infer<typeof directoryPatch>;

/** A hint, and what each source says of its extension: what an administrator has set here, the file, and Asterisk. */
export const directoryEntry = z.readonly(
  z.object({
    id: z.string(),
    exten: z.string(),
    context: z.string(),
    /** Raw; null where Asterisk has no such hint. */
    hint: z.nullable(z.string()),
    /** The id of the entry of which it is a further number; null for an entry of its own. */
    aliasOf: z.nullable(z.string()),
    /** Null where it was not read, as another source counts. */
    asteriskName: z.nullable(z.string()),
    file: directoryFields,
    here: directoryFields,
  }),
);
export type DirectoryEntry = z.infer<typeof directoryEntry>;

/** A row of the file that matches no hint. */
export const unmatchedLine = z.readonly(
  z.object({
    line: z.number(),
    /** As the file has it. */
    extension: z.string(),
    /** The extension whose leading zeros a spreadsheet has dropped. */
    suggestion: z.optional(z.string()),
    fields: directoryFields,
  }),
);
export type UnmatchedLine = z.infer<typeof unmatchedLine>;

export const directoryListing = z.readonly(
  z.object({
    entries: z.readonly(z.array(directoryEntry)),
    unmatched: z.readonly(z.array(unmatchedLine)),
  }),
);
export type DirectoryListing = z.infer<typeof directoryListing>;

/** A row of an imported file that is not applied, or is wrong in part. */
const importProblem = z.readonly(
  z.object({
    line: z.number(),
    problem: z.enum([
      'no-extension',
      'no-fields',
      'misplaced-quote',
      /** A later row of the same extension counts. */
      'repeated',
      'unknown-kind',
      'no-hint',
      /** No hint, but one with further zeros in front: `suggestion`. */
      'lost-zeros',
      'unknown-deputy',
      'invalid-text',
    ]),
    extension: z.string(),
    suggestion: z.optional(z.string()),
  }),
);
export type ImportProblem = z.infer<typeof importProblem>;

/** What an import would set on one extension; `before` has the values that count now. */
const importChange = z.readonly(
  z.object({ id: z.string(), name: z.string(), before: directoryFields, after: directoryFields }),
);
export type ImportChange = z.infer<typeof importChange>;

export const importPreview = z.readonly(
  z.object({
    changes: z.readonly(z.array(importChange)),
    /** Extensions of the file that have all its values. */
    unchanged: z.number(),
    problems: z.readonly(z.array(importProblem)),
  }),
);
export type ImportPreview = z.infer<typeof importPreview>;
