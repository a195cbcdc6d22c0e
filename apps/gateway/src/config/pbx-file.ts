import { readFileSync } from 'node:fs';
import { PBX_COLOURS } from '@lampboard/protocol';
import { closest, distance } from 'fastest-levenshtein';
import { type Document, LineCounter, isAlias, isMap, isNode, isScalar, parseAllDocuments, visit } from 'yaml';
import { z } from 'zod';
import { decodeUtf8, errorCode, readErrorText } from '../platform/text-file.ts';
import type { Logger } from '../platform/log.ts';
import { amiSettings, configError, toConfigResult } from './environment.ts';

const text = z
  .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'is not a text') })
  .trim()
  .min(1, 'is empty');
const listOf = <S extends z.ZodType>(item: S) =>
  z.array(item, { error: ({ input }) => (input === undefined ? 'is missing' : 'is not a list') });

const pbxSettings = z.strictObject(
  {
    id: text.regex(/^[a-z0-9-]{1,32}$/, 'is not made of at most 32 of a to z, 0 to 9 and -'),
    name: text.max(40, 'has more than 40 characters'),
    colour: z.enum(PBX_COLOURS, `is none of ${PBX_COLOURS.join(', ')}`).optional(),
    contexts: listOf(text).optional(),
    ami: z.strictObject(
      { ...amiSettings.shape, host: text, username: text },
      { error: ({ input }) => (input === undefined ? 'is missing' : 'is not a group of settings') },
    ),
  },
  'has an entry that is no group of settings',
);
export type PbxSettings = z.infer<typeof pbxSettings>;

const fileSettings = z.strictObject(
  { pbxs: listOf(pbxSettings).min(1, 'lists no PBX'), original_pbx: text.optional() },
  'is not a group of settings that begins with pbxs:',
);

/** Setting names of all levels, with their level. */
const NAMES = new Map([
  ...Object.keys(fileSettings.shape).map((name) => [name, name] as const),
  ...Object.keys(pbxSettings.shape).map((name) => [name, name] as const),
  ...Object.keys(amiSettings.shape).map((name) => [name, `ami.${name}`] as const),
]);
/** Names farther from all settings than this are not misspelt ones. */
const MAX_EDIT_DISTANCE = 3;

/** A configuration file as it was read. */
export interface PbxFile {
  readonly path: string;
  readonly text: string;
  readonly settings: z.infer<typeof fileSettings>;
  /** Returns file, line and name of a setting, as the beginning of an error. */
  locate(path: readonly PropertyKey[]): string;
}

/**
 * Reads the file with the PBXs, in which every value is a text; null if there is none and it is not `required`. Errors
 * never hold a value.
 */
export function readPbxFile(path: string, { required }: { required: boolean }): PbxFile | null {
  const content = readText(path, required);
  if (content === null) return null;
  const lines = new LineCounter();
  // All scalars of this schema are texts: a secret 0123 keeps its zero.
  const options = {
    schema: 'failsafe',
    prettyErrors: false,
    logLevel: 'silent',
    lineCounter: lines,
  } as const;
  const parsed = parseAllDocuments(content, options);
  const lineAt = (offset: number) => `${path}, line ${lines.linePos(offset).line}`;
  const [document, further] = Array.isArray(parsed) ? parsed : [];
  if (document === undefined) return configError(`${path} is empty; it begins with pbxs:`);
  if (further !== undefined)
    configError(`${lineAt(further.range[0])} begins a second document; keep one, without ---.`);
  checkSyntax(document, lineAt);
  const locate = (setting: readonly PropertyKey[]) =>
    `${lineAt(offsetOf(document, setting))}: ${nameOf(setting)}`;
  const result = fileSettings.safeParse(document.toJS());
  if (result.success) return { path, text: content, settings: result.data, locate };
  const { issues } = result.error;
  // A misspelt setting explains one that is missing.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue === undefined) return configError(`${path} is wrong.`);
  if (issue.code !== 'unrecognized_keys') return configError(`${locate(issue.path)} ${issue.message}.`);
  const [key = ''] = issue.keys;
  return configError(`${locate([...issue.path, key])} ${unknownNameText(key)}`);
}

function readText(path: string, required: boolean): string | null {
  try {
    return (
      decodeUtf8(readFileSync(path)) ??
      configError(`${path} is not UTF-8, so it can't be read; save it as UTF-8.`)
    );
  } catch (error) {
    if (errorCode(error) === 'ENOENT' && !required) return null;
    if (errorCode(error) === 'unknown') throw error;
    return configError(`${path}, the file with the PBXs, ${readErrorText(error)}.`);
  }
}

/** Warns where the file of the start has another content, or none that could be used. */
export function warnIfPbxFileChanged({
  file,
  log,
}: {
  file: PbxFile | null;
  log: Pick<Logger, 'warn'>;
}): void {
  if (file === null) return;
  const read = toConfigResult(() => readPbxFile(file.path, { required: true }));
  if (!read.ok) log.warn({ reason: read.message }, 'the file with the PBXs would stop the next start');
  else if (read.value?.text !== file.text)
    log.warn({ file: file.path }, 'the file with the PBXs has changed; restart to apply it');
}

const SYNTAX_ERRORS: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'sets a setting a second time; keep one of the lines',
  TAB_AS_INDENT: 'is indented by a tab; use blanks',
};

/** Throws where YAML is wrong, and at a value that YAML does not take as it is written. */
function checkSyntax(document: Document.Parsed, lineAt: (offset: number) => string): void {
  const [error] = document.errors;
  if (error !== undefined)
    configError(
      `${lineAt(error.pos[0])} ${SYNTAX_ERRORS[error.code] ?? 'is not valid YAML; check its indentation, and put values with special characters into quotes'}.`,
    );
  visit(document, {
    Node(_, node) {
      const isPlain = !isAlias(node) && node.anchor === undefined && node.tag === undefined;
      if (!isPlain)
        configError(
          `${lineAt(node.range?.[0] ?? 0)} has a value that begins with *, & or !; put it into quotes.`,
        );
    },
  });
}

/** Returns where a setting begins, or the last group around it that is there. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const group = document.getIn(path.slice(0, length - 1), true);
    const pair = isMap(group)
      ? group.items.find(({ key }) => isScalar(key) && key.value === path[length - 1])
      : undefined;
    const node = pair?.key ?? document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

/** Returns a name such as `ami.port`; its line tells which PBX it belongs to. */
function nameOf(path: readonly PropertyKey[]): string {
  const names = path.filter((name) => typeof name === 'string');
  return names.length === 0 ? 'the file' : (names.length === 1 ? names : names.slice(1)).join('.');
}

function unknownNameText(name: string): string {
  if (/^lampboard/i.test(name)) return 'is a setting of the environment and of .env, and not of this file.';
  const nearest = closest(name.toLowerCase(), [...NAMES.keys()]);
  return distance(name.toLowerCase(), nearest) > MAX_EDIT_DISTANCE
    ? `is not a setting; this file holds ${[...NAMES.values()].join(', ')}.`
    : `is not a setting there; did you mean ${NAMES.get(nearest)}?`;
}
