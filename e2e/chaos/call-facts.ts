import type { Call } from '@lampboard/protocol';
import type { AmiBlock, RawAmi } from '../testkit/ami/raw-ami-client.ts';

/** Values by fact, such as `call 1800000000.12`. */
type CallFacts = readonly (readonly [fact: string, value: string])[];

/** Begins the facts about calls; pages do not show them. */
export const CALL_FACT = 'call ';

interface Line {
  readonly name: string;
  readonly state: string;
  readonly uniqueid: string;
  readonly bridge: string;
  readonly application: string;
  readonly data: string;
  readonly isHeld: boolean;
}

const lineOf = ({ fields }: AmiBlock): Omit<Line, 'isHeld'> => ({
  name: fields['channel'] ?? '',
  state: fields['channelstate'] ?? '',
  uniqueid: fields['uniqueid'] ?? '',
  bridge: fields['bridgeid'] ?? '',
  application: fields['application'] ?? '',
  data: (fields['applicationdata'] ?? '').split(',')[0] ?? '',
});

const isWire = ({ name }: Pick<Line, 'name'>) => name.startsWith('Local/');
/** Announcers of conferences, too, are no phones. */
const isPhone = ({ name, state }: Line) => name.startsWith('PJSIP/') && state !== '0';
const phoneOf = ({ name }: Line) => /^PJSIP\/(.*)-[\da-f]+$/.exec(name)?.[1] ?? name;

/** Asks Asterisk what each telephone's line does. */
export async function readCallFacts(ami: RawAmi): Promise<CallFacts> {
  const [channels, parked] = await Promise.all([
    ami.list({ Action: 'CoreShowChannels' }),
    ami.list({ Action: 'ParkedCalls' }),
  ]);
  const lines = await Promise.all(
    channels.map(lineOf).map(async (line) => ({ ...line, isHeld: await isHeld(ami, line) })),
  );
  const slots = new Map(parked.map(({ fields }) => [fields['parkeeuniqueid'], fields['parkingspace']]));
  return lines
    .filter(isPhone)
    .map((line) => [`${CALL_FACT}${line.uniqueid}`, `${phoneOf(line)} ${valueOf(line, lines, slots)}`]);
}

async function isHeld(ami: RawAmi, { name, bridge }: Pick<Line, 'name' | 'bridge'>): Promise<boolean> {
  if (bridge === '') return false;
  const { fields } = await ami.action({ Action: 'Getvar', Channel: name, Variable: 'CHANNEL(onhold)' });
  return fields['value'] === '1';
}

function valueOf(
  line: Line,
  lines: readonly Line[],
  slots: ReadonlyMap<string | undefined, string | undefined>,
) {
  const slot = slots.get(line.uniqueid);
  if (slot !== undefined) return `parked ${slot}`;
  if (line.state === '5') return 'ringing';
  if (line.state !== '6') return 'dialling';
  if (line.application === 'ConfBridge') return `conference ${line.data}`;
  const others = connectedWith(line, lines).filter(isPhone);
  const [other] = others;
  if (other !== undefined)
    return `talks with ${phoneOf(other)}${line.isHeld ? ', held' : ''}${other.isHeld ? ', holding' : ''}`;
  if (line.application === 'Queue') return `waiting ${line.data}`;
  return line.application === 'Dial' && line.bridge === '' ? 'dialling' : 'alone';
}

/** The lines that share a bridge with this one, also through both ends of Local channels. */
function connectedWith(line: Line, lines: readonly Line[]): readonly Line[] {
  const found = new Set([line]);
  for (const each of found)
    for (const other of lines) {
      const sharesBridge = each.bridge !== '' && other.bridge === each.bridge;
      const isOtherEnd = isWire(each) && isWire(other) && each.name.slice(0, -1) === other.name.slice(0, -1);
      if (sharesBridge || isOtherEnd) found.add(other);
    }
  found.delete(line);
  return [...found];
}

const numberOf = (id: string | undefined) =>
  id === undefined ? 'outside' : id.slice(id.indexOf('/') + 1, id.indexOf('@'));

/** Returns the same facts as a client shows them. */
export function factsOfCalls(calls: Iterable<Call>): CallFacts {
  return Array.from(calls, (call) => {
    const uniqueid = call.id.slice(call.id.indexOf('/') + 1);
    return [`${CALL_FACT}${uniqueid}`, `${numberOf(call.extensions[0])} ${shownValue(call)}`] as const;
  });
}

function shownValue({ state, party, holding, queue, room, parking }: Call): string {
  switch (state) {
    case 'ringing':
      return 'ringing';
    case 'parked':
      return `parked ${parking?.slot ?? ''}`;
    case 'waiting':
      return `waiting ${queue ?? ''}`;
    case 'conference':
      return `conference ${room ?? ''}`;
    case 'dialling':
      return 'dialling';
    case 'talking':
    case 'held':
    case 'holding':
      if (party === null) return 'alone';
      return `talks with ${numberOf(party.extension)}${state === 'held' ? ', held' : ''}${state === 'holding' || holding === true ? ', holding' : ''}`;
    case 'menu':
    case 'voicemail':
      return 'alone';
  }
}
