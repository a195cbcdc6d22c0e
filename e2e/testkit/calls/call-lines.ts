import type { Call, CallParty } from '@lampboard/protocol';
import { PEOPLE } from './call-site.ts';

const ROLES: ReadonlyMap<string, string> = new Map(
  Object.entries(PEOPLE).map(([role, number]) => [`${number}@default`, role]),
);

/** The lines of everybody, as a scene says them. A line of several entries is the line of each. */
export function linesByPerson(calls: Iterable<Call>): Map<string, string[]> {
  const lines = new Map<string, string[]>();
  for (const call of calls) {
    const owners = call.extensions.length === 0 ? ['X'] : call.extensions.map((id) => ROLES.get(id) ?? id);
    for (const owner of owners) lines.set(owner, [...(lines.get(owner) ?? []), lineText(call)].toSorted());
  }
  return lines;
}

/** A line in words, such as `held by O, holding O`; an outside line begins with whose it is. */
export function lineText(call: Call): string {
  const self = call.extensions.length === 0 ? `${partyText(call.self)}: ` : '';
  return self + stateText(call, partyText(call.party));
}

function stateText(call: Call, party: string): string {
  const queue = call.queue === undefined ? '' : `, queue ${call.queue}`;
  switch (call.state) {
    case 'dialling':
      return call.ownPhone ? `own phone rings, to call ${party}` : `calling ${party}`;
    case 'ringing':
      return `rings, from ${party}${queue}`;
    case 'talking':
      return call.party === null ? 'left alone' : `talks with ${party}${queue}`;
    case 'held':
      return call.holding ? `held by ${party}, holding ${party}` : `held by ${party}`;
    case 'holding':
      return `holding ${party}`;
    case 'parked':
      return `parked ${call.parking?.slot} by ${partyText(call.parking?.by)}`;
    case 'waiting':
      return `waits in ${call.queue}`;
    case 'conference':
      return `conference ${call.room} of ${call.members}`;
    case 'voicemail':
      return call.mailbox === undefined ? 'listens to messages' : `leaves a message for ${call.mailbox}`;
    case 'menu':
      return 'in a menu';
  }
}

function partyText(party: CallParty | null | undefined): string {
  if (!party) return 'unknown';
  if (party.withheld) return 'withheld';
  if (party.extension !== undefined) return ROLES.get(party.extension) ?? party.extension;
  return `${party.number} ${party.name}`.trim() || 'unknown';
}
