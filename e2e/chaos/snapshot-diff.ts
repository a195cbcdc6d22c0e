import { lampFromStatus, parseHint } from '@lampboard/model';
import type { AmiBlock } from '../testkit/ami/raw-ami-client.ts';
import { CALL_FACT } from './call-facts.ts';
import { byExtension } from '../testkit/ami/ami-controls.ts';

/** Values by fact, such as `1101@default lamp`. */
export type BoardSnapshot = ReadonlyMap<string, string>;

/** Pages omit this fact: they shorten long messages. */
const TEXT = 'text';

/**
 * Returns the facts of one extension; null if it has no presence, or the page does not show it. Lamp and
 * presence change separately; state and message of a presence together.
 */
export function factsOf(id: string, lamp: string, state: string | null, message: string | null) {
  const facts: [string, string][] = [[`${id} lamp`, lamp]];
  if (state !== null) facts.push([`${id} presence`, state]);
  if (message !== null) facts.push([`${id} ${TEXT}`, `${state} ${message}`]);
  return facts;
}

export function snapshotOfLists(extensions: readonly AmiBlock[], presences: readonly AmiBlock[]) {
  const presencesByProvider = new Map(presences.map(({ fields }) => [fields['presentity'] ?? '', fields]));
  const facts = [...byExtension(extensions)].flatMap(([id, { hint, status }]) => {
    const { provider } = parseHint(hint);
    const fields = provider === null ? undefined : presencesByProvider.get(provider);
    const state = provider === null ? null : (fields?.['status'] ?? 'not_set');
    const message = provider === null ? null : (fields?.['message'] ?? '');
    return factsOf(id, lampFromStatus(status), state, message);
  });
  return new Map(facts);
}

/** A fact whose value on a client differs from Asterisk's; undefined: not present. */
export interface Difference {
  readonly observed: string | undefined;
  readonly expected: string | undefined;
}

export function diffSnapshots(snapshot: BoardSnapshot, oracleSnapshot: BoardSnapshot, isPage: boolean) {
  const found = new Map<string, Difference>();
  for (const fact of new Set([...snapshot.keys(), ...oracleSnapshot.keys()])) {
    if (isPage && (fact.endsWith(` ${TEXT}`) || fact.startsWith(CALL_FACT))) continue;
    const [observed, expected] = [snapshot.get(fact), oracleSnapshot.get(fact)];
    if (observed !== expected) found.set(fact, { observed, expected });
  }
  return found;
}
