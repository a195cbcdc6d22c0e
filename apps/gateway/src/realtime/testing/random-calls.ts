import type { Random } from '@lampboard/demo-pbx';
import { CALL_STATES, type Call, type CallParty } from '@lampboard/protocol';

interface RandomCallsOptions {
  readonly random: Random;
  /** Returns a text that occurs nowhere else. */
  readonly token: (kind: 'text' | 'number') => string;
  /** Returns the id of an entry of this PBX; it may have disappeared. */
  readonly entry: (pbxId: string) => string;
}

const MIN_CALLS = 5;

/** Calls of several PBXs that begin, change and end. */
export function createRandomCalls({ random, token, entry }: RandomCallsOptions) {
  const callsByPbx = new Map<string, Map<string, Call>>();
  let count = 0;

  const numberOf = (id: string) => {
    const number = id.slice(id.indexOf('/') + 1, id.lastIndexOf('@'));
    return random.chance(0.2) ? `*80${number}` : number;
  };
  const orNothing = <T>(probability: number, value: () => T) =>
    random.chance(probability) ? value() : undefined;

  function party(pbxId: string): CallParty {
    const id = entry(pbxId);
    if (random.chance(0.4)) return { number: numberOf(id), name: token('text'), extension: id };
    if (random.chance(0.2)) return { number: numberOf(id), name: token('text') };
    if (random.chance(0.2)) return { number: '', name: '', withheld: true };
    return {
      number: token('number'),
      name: random.chance(0.3) ? `${token('text')} 030 123456` : token('text'),
    };
  }

  function call(pbxId: string, id: string): Call {
    const extensions = random.chance(0.6) ? [entry(pbxId), entry(pbxId)].slice(random.between(0, 2)) : [];
    const queue = orNothing(0.3, () => (random.chance(0.5) ? numberOf(entry(pbxId)) : token('text')));
    const mailbox = orNothing(0.2, () => numberOf(entry(pbxId)));
    const room = orNothing(0.2, () => numberOf(entry(pbxId)));
    const parking = orNothing(0.3, () => ({
      lot: token('text'),
      slot: random.chance(0.3) ? numberOf(entry(pbxId)) : token('text'),
      by: random.chance(0.8) ? party(pbxId) : null,
      returnsAt: null,
    }));
    return {
      id,
      extensions: [...new Set(extensions)],
      ...(extensions.length === 0 && { self: party(pbxId) }),
      state: random.pick(CALL_STATES) ?? 'talking',
      incoming: random.chance(0.5),
      since: count,
      party: random.chance(0.8) ? party(pbxId) : null,
      ...(queue !== undefined && { queue }),
      ...(mailbox !== undefined && { mailbox }),
      ...(room !== undefined && { room }),
      ...(parking !== undefined && { parking }),
    };
  }

  /** Returns all calls of a PBX after one of them has begun, changed or ended. */
  return (pbxId: string): Call[] => {
    const calls = callsByPbx.get(pbxId) ?? new Map<string, Call>();
    callsByPbx.set(pbxId, calls);
    const known = random.pick([...calls.keys()]);
    const isNew = known === undefined || calls.size < MIN_CALLS || random.chance(0.3);
    if (!isNew && random.chance(0.5)) calls.delete(known);
    else {
      const id = isNew ? `${pbxId}/1700000000.${(count += 1)}` : known;
      calls.set(id, call(pbxId, id));
    }
    return [...calls.values()];
  };
}
