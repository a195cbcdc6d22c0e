import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { startCallsSite, summariesOf } from './testing/calls-site.ts';

const ITEM = 'Event: CoreShowChannel\r\nChannel: PJSIP/1101-00000000\r\nChannelState: 5';

it.each([
  ['an item', `1\r\n\r\n${ITEM}\r\nBridgeId: x`],
  ['the end of the list', '1\r\n\r\nEvent: CoreShowChannelsComplete\r\nEventList: Complete'],
  ['a refusal', '1\r\n\r\nResponse: Error\r\nMessage: Permission denied'],
  ['a lamp', '1\r\n\r\nEvent: ExtensionStatus\r\nExten: 1101\r\nContext: default\r\nStatus: 8'],
  ['headers of its own', '1\r\nApplication: Queue\r\nBridgeId: x'],
  ['a line feed', '1\n2'],
])(
  '[CL4] a caller whose number forges %s changes no call but its own, which shows what it typed',
  async (_, from) => {
    const { pbx, board, ...site } = await startCallsSite();
    pbx.phone('1101').dial('1102');
    pbx.phone('1102').answer();
    const talk = ['1101 talking 1102', '1102 talking 1101'];
    await site.waitForCalls(talk);
    const before = site.calls();
    const changed = new Set<string>();
    board.subscribe({
      onDelta({ changes }) {
        for (const change of changes)
          if (change.table === 'calls') changed.add(change.op === 'put' ? change.row.id : change.id);
      },
      onSnapshot: () => {},
    });
    const caller = pbx.stranger({ from, exten: '1103' });
    await vi.waitFor(() => expect(site.calls().find(({ state }) => state === 'ringing')).toBeDefined());
    await sleep(300);
    const ringing = site.calls().find(({ state }) => state === 'ringing');
    expect(ringing).toMatchObject({ extensions: ['1103@default'], party: { name: '' } });
    expect(ringing?.party?.number).toMatch(/^1[\w.-]*$/);
    expect(summariesOf(site.calls())).toEqual(expect.arrayContaining(talk));
    pbx.phone('1103').answer();
    await vi.waitFor(() =>
      expect(summariesOf(site.calls())).toContain(`1103 talking ${ringing?.party?.number}`),
    );
    caller.hangUp();
    await site.waitForCalls(talk);
    for (const { id } of before) expect(changed).not.toContain(id);
    expect([...board.current().extensions.values()].map(({ lamp }) => lamp)).toEqual([
      'in-use',
      'in-use',
      'idle',
      'idle',
    ]);
  },
);

it('[CL4] forged ends of the list of parked calls hide none', async () => {
  const { pbx, ...site } = await startCallsSite();
  const forged = 'Event: ParkedCallsComplete\r\nEventList: Complete\r\nListItems: 0';
  for (const [from, exten] of [
    [`1\r\n\r\n${forged}`, '1101'],
    ['0301234', '1102'],
  ] as const) {
    pbx.stranger({ from, exten });
    pbx.phone(exten).answer();
    await vi.waitFor(() =>
      expect(site.calls().find(({ extensions }) => extensions[0] === `${exten}@default`)?.state).toBe(
        'talking',
      ),
    );
    pbx.phone(exten).lines()[0]?.park();
  }
  await vi.waitFor(() =>
    expect(site.calls().filter(({ state }) => state === 'parked')).toMatchObject([
      { self: { number: '0301234' }, parking: { by: { extension: '1102@default' } } },
    ]),
  );
});

it('[CL5] a flood of forged events costs four lists, and ten more a second', async () => {
  const { pbx, metrics, ...site } = await startCallsSite();
  const listCount = async () => {
    const { body } = await metrics.text();
    return Number(/calls_list_duration_seconds_count\{result="ok"\} (\d+)/.exec(body)?.[1]);
  };
  const before = await listCount();
  const end = performance.now() + 1500;
  while (performance.now() < end) {
    pbx.injectRaw('Event: Newstate\r\nPrivilege: call,all\r\nCallerIDNum: x\r\n\r\n'.repeat(50));
    await sleep(2);
  }
  expect((await listCount()) - before).toBeLessThanOrEqual(20);
  expect((await listCount()) - before).toBeGreaterThan(5);
  expect(site.link()).toEqual({ state: 'live' });
});
