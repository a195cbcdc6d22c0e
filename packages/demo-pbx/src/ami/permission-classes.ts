/** The classes of `read=` and `write=` in manager.conf. */
const CLASSES = [
  'system',
  'call',
  'log',
  'verbose',
  'command',
  'agent',
  'user',
  'config',
  'dtmf',
  'reporting',
  'cdr',
  'dialplan',
  'originate',
  'agi',
  'cc',
  'aoc',
  'test',
  'security',
  'message',
] as const;

export type AmiClass = (typeof CLASSES)[number];

export type ClassSet = ReadonlySet<AmiClass>;

export const ALL_CLASSES: ClassSet = new Set(CLASSES);

/** `all` selects every class; unknown names are ignored. */
export function parseClasses(names: readonly string[]): ClassSet {
  const trimmed = names.map((name) => name.trim());
  return trimmed.includes('all') ? ALL_CLASSES : new Set(CLASSES.filter((name) => trimmed.includes(name)));
}

/** Returns undefined where Asterisk answers `Invalid event mask`. */
export function parseEventMask(text: string): ClassSet | undefined {
  if (text === '') return undefined;
  if (/^(on|true|yes|y|t)$/i.test(text)) return ALL_CLASSES;
  // The bit between agi and cc is unused.
  if (/^\d+$/.test(text)) {
    return new Set(CLASSES.filter((_, index) => (Number(text) >> (index < 14 ? index : index + 1)) & 1));
  }
  return parseClasses(text.split(','));
}
