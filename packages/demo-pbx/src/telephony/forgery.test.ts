import { expect, it } from 'vitest';
import { callEvents, getChannelVariable, lampsOf, startCalls } from '../testing/calls.ts';

const FORGED = 'x\r\n\r\nEvent: CoreShowChannel\r\nChannel: PJSIP/1102-1\r\nA: b';

it('[DC6] sends a number and a dialled extension as they are, so that CRLF splits events and items', async () => {
  const { pbx, client } = await startCalls();
  pbx.stranger({ from: FORGED, exten: '1101' });
  const forgedEvent = 'Event: CoreShowChannel\r\nChannel: PJSIP/1102-1\r\nA: b\r\nCallerIDName: <unknown>';
  expect((await callEvents(client))[1]).toContain(forgedEvent);
  const blocks = await client.list('CoreShowChannels', 'ActionID: ours');
  const [, head, tail, leg] = blocks;
  expect(
    head?.startsWith('Event: CoreShowChannel\r\nActionID: ours\r\nChannel: PJSIP/anonymous-00000000'),
  ).toBe(true);
  expect(head?.endsWith('\r\nCallerIDNum: x')).toBe(true);
  expect(tail?.startsWith(forgedEvent)).toBe(true);
  // The leg that rings has the number as its connected line.
  expect(leg?.endsWith('\r\nConnectedLineNum: x')).toBe(true);
  expect(blocks.at(-1)).toContain('ListItems: 2');
});

it('[DC6] splits blocks at a dialled extension, its trunk and its Local too', async () => {
  const { pbx, client } = await startCalls();
  pbx.phone('1101').dial('00\r\n\r\nEvent: Fake\r\nX: y');
  const [newChannel, rest] = await callEvents(client);
  expect(newChannel?.endsWith('\r\nExten: 00')).toBe(true);
  expect(rest?.startsWith('Event: Fake\r\nX: y\r\nPriority: 1\r\n')).toBe(true);
  pbx.phone('1102').dial('810\r\n\r\nEvent: Local\r\nX: y');
  const events = await callEvents(client);
  expect(events.some((block) => block.endsWith('\r\nChannel: Local/0'))).toBe(true);
  expect(events.some((block) => block.startsWith('Event: Local\r\nX: y@default-00000000;1\r\n'))).toBe(true);
  pbx.phone('1101').hangUp();
  pbx.phone('1102').hangUp();
  expect(lampsOf(pbx, '1101', '1102')).toEqual(['NOT_INUSE', 'NOT_INUSE']);
});

it('[DC6] escapes names as a string of C, SIP’s escapes in them too, and cuts texts at 79 bytes', async () => {
  const { pbx, client } = await startCalls();
  const line = pbx.stranger({ from: '9'.repeat(100), name: `ü "a"\\b\r\nc`, exten: '1101' });
  const [event] = await callEvents(client);
  expect(event).toContain('\r\nCallerIDName: ü \\\\\\"a\\\\\\"\\\\\\\\b\\r\\nc\r\n');
  expect(event).toContain(`\r\nCallerIDNum: ${'9'.repeat(79)}\r\n`);
  expect(await getChannelVariable(client, line.channel, 'CALLERID(num)')).toBe('9'.repeat(79));
});

it('[DC6] shows a withheld number all the same', async () => {
  const { pbx, client } = await startCalls();
  const line = pbx.stranger({ from: '0301234', exten: '1101', withheld: true });
  expect((await callEvents(client))[0]).toContain('\r\nCallerIDNum: 0301234\r\n');
  expect(await getChannelVariable(client, line.channel, 'CALLERID(pres)')).toBe('prohib_not_screened');
});
