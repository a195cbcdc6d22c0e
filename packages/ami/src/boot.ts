import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from './connection.ts';
import type { AmiEvent, AmiResult } from './types.ts';

/** Between two lists that are to agree. */
const LIST_AGAIN_MS = 1000;
/** An account that has shown `FullyBooted` before will show it again; lists count only if that right was taken away. */
const EXPECT_BOOTED_MS = 30_000;
const LIST_TIMEOUT_MS = 5000;

/**
 * Waits until Asterisk's lists can be believed: for the event `FullyBooted`, or, where the account may not read class
 * `system`, until two lists in a row agree. Resolves to false where `signal` ends the wait.
 */
export async function waitForBoot({
  connection,
  fullyBooted,
  expectsBooted,
  signal,
  onDenied,
}: {
  connection: Connection;
  fullyBooted: Promise<void>;
  expectsBooted: () => boolean;
  signal: AbortSignal;
  /** The account may not list: there is nothing to wait for, but the wait goes on. */
  onDenied: () => void;
}): Promise<boolean> {
  const booted = fullyBooted.then(() => true);
  const aborted = new Promise<false>((resolve) => signal.addEventListener('abort', () => resolve(false)));
  let denials = 0;
  let before: string | undefined;
  for (let waitedMs = 0; !signal.aborted; waitedMs += LIST_AGAIN_MS) {
    const pause = sleep(LIST_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    const done = await Promise.race([booted, aborted, pause]);
    if (done !== undefined) return done;
    if (expectsBooted() && waitedMs < EXPECT_BOOTED_MS) continue;
    const lists = await listNames(connection);
    denials = !lists.ok && lists.code === 'permission-denied' ? denials + 1 : 0;
    // A module that is only just loading denies once, and never twice in a row.
    if (denials === 2) onDenied();
    if (lists.ok && lists.value === before) return true;
    before = lists.ok ? lists.value : undefined;
  }
  return false;
}

/** What both lists name, as one text; refused until their modules run. */
async function listNames(connection: Connection): Promise<AmiResult<string>> {
  const options = { isList: true, timeoutMs: LIST_TIMEOUT_MS };
  const extensions = await connection.request({ Action: 'ExtensionStateList' }, options);
  if (!extensions.ok) return extensions;
  const presences = await connection.request({ Action: 'PresenceStateList' }, options);
  if (!presences.ok) return presences;
  const names = ({ fields }: AmiEvent) => [
    fields['exten'],
    fields['context'],
    fields['hint'],
    fields['presentity'],
  ];
  return {
    ok: true,
    value: JSON.stringify([...extensions.value.items, ...presences.value.items].map(names)),
  };
}
