/** What is written, with what is lost where it never is. */
export const LOSSES = {
  edits: 'edits are missing from the list of edits',
  audit: 'entries are missing from the audit log; the log has them',
  'return-times': 'return times that were taken back may count again after a restart',
  history: 'lamps and presences of that time are unknown in the history',
  sessions: 'sessions run out as if they had not been used',
  retention: 'what has run out is removed later',
  commands: 'nothing: each of these was refused',
} as const;
export type WriteKind = keyof typeof LOSSES;
export const WRITE_KINDS: readonly WriteKind[] = Object.keys(LOSSES).filter(isWriteKind);

interface Counts {
  /** Writes that wait now. */
  waiting: number;
  /** Attempts that failed, and writes that were given up, so far. */
  failed: number;
  lost: number;
}
export type WriteCounts = Readonly<Record<WriteKind, Readonly<Counts>>>;

export function noCounts(): Record<WriteKind, Counts> {
  const none = (): Counts => ({ waiting: 0, failed: 0, lost: 0 });
  return {
    edits: none(),
    audit: none(),
    'return-times': none(),
    history: none(),
    sessions: none(),
    retention: none(),
    commands: none(),
  };
}

function isWriteKind(kind: string): kind is WriteKind {
  return Object.hasOwn(LOSSES, kind);
}
