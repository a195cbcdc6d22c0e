import {
  type EditRecord,
  type Presence,
  isSettableState,
  sameAccountName,
  samePresence,
} from '@lampboard/protocol';
import type { Done } from './drafts.ts';

/** The newest edit that went through, where it is one's own, still holds, and can be taken back; `edits` newest first. */
export function earlierOf(edits: readonly EditRecord[], now: Presence, account: string): Done | null {
  const last = edits.find(({ result }) => result === 'ok');
  if (last === undefined || !sameAccountName(last.by, account) || !samePresence(now, last.to)) return null;
  return isSettableState(last.from.state) ? { kind: 'earlier', before: last.from, after: now } : null;
}

const MOST_MESSAGES = 4;

/** The messages used last for an extension, each once, the latest first. */
export function lastMessages(edits: readonly EditRecord[]): readonly string[] {
  const used = edits
    .filter(({ result, to }) => result === 'ok' && to.message.trim() !== '')
    .map(({ to }) => to.message);
  return [...new Set(used)].slice(0, MOST_MESSAGES);
}
