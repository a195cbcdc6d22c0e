import { expect, it } from 'vitest';
import {
  testChannel,
  callsWith,
  detailsOf,
  ALICE,
  OLAF,
  CARL,
  TRUNK,
  bridge,
  dial,
  calling,
  ringing,
  entry,
} from '../testing/test-channel.ts';

it('[CM7] a withheld number and its name are nowhere, neither at the caller’s line nor at the one that rings', () => {
  const channels = [
    testChannel(TRUNK, '4930123 → 1102', calling('1102')),
    testChannel(OLAF, '1102 → 4930123', ringing),
  ];
  const details = detailsOf({ [TRUNK]: { isWithheld: true }, [OLAF]: {} });
  const calls = [...callsWith(channels, { details }).values()];
  expect(calls).toMatchObject([
    { extensions: [], self: { withheld: true } },
    { state: 'ringing', party: { withheld: true } },
  ]);
  expect(JSON.stringify(calls)).not.toContain('4930123');
  // Nor once they talk, nor where the number at the other end is another one.
  const talk = [
    testChannel(TRUNK, '4930123 → 1102', { ...dial('1102'), ...bridge('a') }),
    testChannel(OLAF, '1102 → 030123', bridge('a')),
  ];
  expect(JSON.stringify([...callsWith(talk, { details }).values()])).not.toMatch(/30123/);
  const rewritten = [channels[0], testChannel(OLAF, '1102 → 030123', ringing)].filter(
    (each) => each !== undefined,
  );
  expect(callsWith(rewritten, { details }).get(OLAF)?.party).toEqual({
    number: '',
    name: '',
    withheld: true,
  });
});

it('[CM7] a withheld number is not shown beside the entry that the line talks with after a transfer', () => {
  const channels = [
    testChannel(TRUNK, '4930123 → 1102', { ...calling('1102') }),
    testChannel(OLAF, '1102 → 4930123', { ...dial('1103'), ...bridge('a') }),
    testChannel(CARL, '1103 → 1102', bridge('a')),
  ];
  const details = detailsOf({ [TRUNK]: { isWithheld: true }, [OLAF]: {}, [CARL]: {} });
  const party = callsWith(channels, { details }).get(OLAF)?.party;
  expect(party).toEqual({ number: '', name: '', ...entry('1103') });
});

it('[CM7] an outside caller is not named before Asterisk said that its number may be shown', () => {
  const channels = [
    testChannel(TRUNK, '4930123 → 1102', calling('1102')),
    testChannel(OLAF, '1102 → 4930123', ringing),
  ];
  const calls = [...callsWith(channels, { details: new Map() }).values()];
  expect(JSON.stringify(calls)).not.toContain('4930123');
});

it.each(['<unknown>', '', 'anonymous', 'Anonymous', 'unknown'])('[CM7] %o is an unknown caller', (number) => {
  const unnamed = { callerName: number, connectedName: number };
  const calls = callsWith([
    testChannel(TRUNK, `${number} → 1102`, { ...calling('1102'), ...unnamed }),
    testChannel(OLAF, `1102 → ${number}`, { ...ringing, ...unnamed }),
  ]);
  expect(calls.get(OLAF)).toMatchObject({ state: 'ringing', party: null });
});

it('[CM8] an outside caller that sends an entry’s number is not taken for the entry', () => {
  const calls = callsWith([
    testChannel(TRUNK, '1103 → 1102', calling('1102')),
    testChannel(OLAF, '1102 → 1103', ringing),
  ]);
  expect(calls.get(OLAF)?.party).toEqual({ number: '1103', name: 'Name 1103' });
  expect(calls.get(TRUNK)).toMatchObject({ extensions: [], party: entry('1102') });
});

it('[CM8] a line is known by its device, whatever number it sends', () => {
  const calls = callsWith([
    testChannel(OLAF, '4930999 → 0441234', { ...dial('0441234'), ...bridge('a') }),
    testChannel(TRUNK, '0441234 → 4930999', bridge('a')),
  ]);
  expect(calls.get(OLAF)).toMatchObject({
    extensions: ['1102@default'],
    party: { number: '0441234' },
  });
  expect(calls.get(TRUNK)?.party).toMatchObject(entry('1102'));
});

it('[CM9] numbers and names lose what no number or name has', () => {
  const number = '1102\r\n\r\nEvent: CoreShowChannel\r\nChannel: PJSIP/1103-1';
  const name = '\u202Eevil\u0007 \u2028Name';
  const calls = callsWith([
    testChannel(TRUNK, `${number} → 1102`, { ...calling('1102'), callerName: name }),
    testChannel(OLAF, `1102 → ${number}`, { ...ringing, connectedName: name }),
  ]);
  const cleaned = { number: '1102EventCoreShowChannelChannelPJSIP1103', name: 'evil Name' };
  expect(calls.get(OLAF)?.party).toEqual(cleaned);
  expect(calls.get(TRUNK)?.self).toEqual(cleaned);
});

it('[CM8] a number that the dialplan made up leads to the one line that calls', () => {
  const wire = 'Local/0171@default-00000007';
  const calls = callsWith([
    testChannel(ALICE, '1101 → 0171', calling('0171')),
    testChannel(`${wire};1`, '0171 → 1101', ringing),
    testChannel(`${wire};2`, '4930999 → 0171', calling('0171')),
    testChannel(TRUNK, '0171 → 4930999', ringing),
  ]);
  expect(calls.get(TRUNK)?.party).toMatchObject(entry('1101'));
});

it('[CM9] names lose the escapes that SIP has around quotes', () => {
  const callerName = String.raw`Eva \"Evi\" Müller \\ Co`;
  const calls = callsWith([testChannel(TRUNK, '4930555 → 1102', { ...calling('1102'), callerName })]);
  expect(calls.get(TRUNK)?.self?.name).toBe(String.raw`Eva "Evi" Müller \ Co`);
});

it('[CM1] of several entries with one device the party is the one whose number was called, else the first', () => {
  const hints: Record<string, readonly string[]> = {
    'PJSIP/1101': ['1101@default'],
    'PJSIP/1102': ['1105@default', '1102@default'],
  };
  const extensionsOfDevice = (device: string) => hints[device] ?? [];
  const call = (number: string) =>
    callsWith(
      [
        testChannel(ALICE, `1101 → ${number}`, calling(number)),
        testChannel(OLAF, `${number} → 1101`, ringing),
      ],
      { extensionsOfDevice },
    );
  expect(call('1102').get(ALICE)?.party).toMatchObject(entry('1102'));
  expect(call('1105').get(ALICE)?.party).toMatchObject(entry('1105'));
  expect(call('98').get(ALICE)?.party).toMatchObject(entry('1105'));
});
