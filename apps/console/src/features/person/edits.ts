import {
  type EditRecord,
  isSettableState,
  sameAccountName,
  sameBack,
  samePresence,
} from '@lampboard/protocol';
import type { Done } from './drafts.ts';
import type { Said } from './said.ts';

/**
 * The newest edit that went through, where one made it oneself, it still holds, and can be taken back; `edits` newest
 * first. The return time before it is that of the edit which it replaced.
 */
export function earlierOf(edits: readonly EditRecord[], now: Said, account: string): Done | null {
  const [last, replaced] = edits.filter(({ result }) => result === 'ok');
  if (last === undefined || last.planned || !sameAccountName(last.by, account)) return null;
  if (!samePresence(now, last.to) || !sameBack(now.back, last.back)) return null;
  if (!isSettableState(last.from.state)) return null;
  const back = replaced !== undefined && samePresence(replaced.to, last.from) ? replaced.back : null;
  return { kind: 'earlier', before: { ...last.from, back }, after: now };
}

const MOST_MESSAGES = 4;

/** The messages used last for an extension, then those the account used last, each once, the latest first. */
export function lastMessages(edits: readonly EditRecord[], own: readonly string[]): readonly string[] {
  const used = edits
    .filter(({ result, to }) => result === 'ok' && to.message.trim() !== '')
    .map(({ to }) => to.message);
  return [...new Set([...used, ...own.filter((message) => message.trim() !== '')])].slice(0, MOST_MESSAGES);
}
