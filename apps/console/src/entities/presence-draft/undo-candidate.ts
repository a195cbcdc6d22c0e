import {
  type PresenceChange,
  isSettableState,
  sameAccountName,
  sameReturnTime,
  samePresence,
} from '@lampboard/protocol';
import type { LastAction } from './drafts.ts';
import type { PresenceValue } from '../presence/presence-value.ts';

/** Returns the newest successful change (the list is newest first) as undoable if the user made it and it still applies. */
export function findUndoCandidate(
  presenceChanges: readonly PresenceChange[],
  current: PresenceValue,
  account: string,
): LastAction | null {
  const [last, replaced] = presenceChanges.filter(({ result }) => result === 'ok');
  if (last === undefined || last.isScheduled || !sameAccountName(last.actor, account)) return null;
  if (!samePresence(current, last.to) || !sameReturnTime(current.returnTime, last.returnTime)) return null;
  if (!isSettableState(last.from.state)) return null;
  const returnTime =
    replaced !== undefined && samePresence(replaced.to, last.from) ? replaced.returnTime : null;
  return { kind: 'earlier', before: { ...last.from, returnTime }, after: current };
}

const MAX_RECENT_MESSAGES = 4;

/** Returns the most recent messages of the extension, then of the account, without duplicates. */
export function recentMessages(
  presenceChanges: readonly PresenceChange[],
  accountMessages: readonly string[],
): readonly string[] {
  const usedMessages = presenceChanges
    .filter(({ result, to }) => result === 'ok' && to.message.trim() !== '')
    .map(({ to }) => to.message);
  return [...new Set([...usedMessages, ...accountMessages.filter((message) => message.trim() !== '')])].slice(
    0,
    MAX_RECENT_MESSAGES,
  );
}
