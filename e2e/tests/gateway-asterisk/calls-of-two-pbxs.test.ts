import { type DemoPbx, startDemoPbx } from '@lampboard/demo-pbx';
import { expect, it } from 'vitest';
import { lineText } from '../../testkit/calls/call-lines.ts';
import type { BoardClient } from '../../testkit/clients/board-client.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { startTcpProxy } from '../../testkit/network/tcp-proxy.ts';
import { USERS, standardHints } from '../../testkit/pbx/pbx-under-test.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { openTestClient, startForSuite } from '../../testkit/site/test-site.ts';

/** Asterisk's time stands still, so that both give their channels the same Uniqueids and Linkedids. */
const startedAt = performance.now();
const clock = {
  now: () => startedAt,
  epoch: performance.timeOrigin,
  after(ms: number, run: () => void) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

async function startPbx() {
  const pbx = await startDemoPbx({ hints: standardHints(), users: Object.values(USERS), clock });
  return { ...pbx, amiPort: pbx.port, stop: () => pbx.kill() };
}

/** Cuts and repairs the sessions that read the calls of a PBX, and no other. */
async function startCallsSwitch(amiPort: number) {
  let isCut = false;
  const cuts = new Set<() => void>();
  const { port, stop } = await startTcpProxy(amiPort, (client, upstream) => {
    const cut = () => [client, upstream].forEach((socket) => socket.destroy());
    for (const socket of [client, upstream]) socket.on('error', cut);
    client.on('data', (bytes: Buffer) => {
      if (!bytes.includes(`Username: ${USERS.calls.username}\r\n`)) return;
      if (isCut) cut();
      cuts.add(cut);
    });
    client.pipe(upstream).pipe(client);
  });
  return {
    amiPort: port,
    stop,
    cut() {
      isCut = true;
      for (const cut of cuts) cut();
    },
    repair: () => void (isCut = false),
  };
}

const berlin = startForSuite(startPbx);
const paris = startForSuite(startPbx);
const parisCalls = startForSuite(() => startCallsSwitch(paris().amiPort));
/** Its AMI user may not list channels. */
const rome = startForSuite(startPbx);
const gateway = startForSuite(() =>
  startGateway({
    pbxs: {
      berlin: berlin(),
      paris: parisCalls(),
      rome: { amiPort: rome().amiPort, callsUser: 'lampboard' },
    },
    callsUser: 'calls',
  }),
);

async function openLiveClient(): Promise<BoardClient> {
  const client = await openTestClient(gateway());
  await client.waitUntilLive();
  await Promise.all(['berlin', 'paris'].map((pbx) => callsAreLive(client, pbx)));
  return client;
}

const callsLinkOf = (client: BoardClient, pbx: string) => client.board().pbxs.get(pbx)?.callsLink;
const callsAreLive = (client: BoardClient, pbx: string) =>
  client.waitUntil(`the calls of ${pbx} to be live`, () => callsLinkOf(client, pbx)?.state === 'live');

/** Lines as `berlin/1101: calling berlin/1102`. */
const linesOf = (client: BoardClient): string[] =>
  Array.from(client.calls(), (call) => `${call.extensions.join('+')}: ${lineText(call)}`)
    .map((line) => line.replaceAll('@default', ''))
    .toSorted();

const waitForLines = (client: BoardClient, expected: readonly string[]) =>
  waitUntil(`the lines ${expected.join(', ')}`, () => {
    expect(linesOf(client)).toEqual(expected.toSorted());
    return true;
  });

const RINGING = (pbx: string) => [`${pbx}/1101: calling ${pbx}/1102`, `${pbx}/1102: rings, from ${pbx}/1101`];
const TALKING = (pbx: string) => [
  `${pbx}/1101: talks with ${pbx}/1102`,
  `${pbx}/1102: talks with ${pbx}/1101`,
];

function talk(pbx: DemoPbx) {
  const line = pbx.phone('1101').dial('1102');
  pbx.phone('1102').answer();
  return line;
}

it('[PB3] [PB5] [CM11] calls with the same ids at both stay apart, each with parties of its own PBX', async () => {
  const client = await openLiveClient();
  const [ofBerlin, ofParis] = [berlin, paris].map((pbx) => pbx().phone('1101').dial('1102'));
  await waitForLines(client, [...RINGING('berlin'), ...RINGING('paris')]);
  const uniqueids = Array.from(client.calls(), ({ id }) => id.split('/')[1]);
  expect(new Set(uniqueids).size).toBe(2);
  berlin().phone('1102').answer();
  await waitForLines(client, [...TALKING('berlin'), ...RINGING('paris')]);
  ofParis?.hangUp();
  await waitForLines(client, TALKING('berlin'));
  ofBerlin?.hangUp();
  await waitForLines(client, []);
});

it('[PB5] [CL9] while the calls of one are last known, those of the other go on', async () => {
  const client = await openLiveClient();
  const ofParis = talk(paris());
  await waitForLines(client, TALKING('paris'));
  parisCalls().cut();
  await client.waitUntil('the loss', () => callsLinkOf(client, 'paris')?.state === 'down');
  ofParis.hangUp();
  const ofBerlin = talk(berlin());
  await waitForLines(client, [...TALKING('berlin'), ...TALKING('paris')]);
  ofBerlin.hangUp();
  await waitForLines(client, TALKING('paris'));
  expect([client.isLive(), callsLinkOf(client, 'berlin')?.state]).toEqual([true, 'live']);
  parisCalls().repair();
  await callsAreLive(client, 'paris');
  await waitForLines(client, []);
});

it('[CL9] [CL10] one whose AMI user may not list channels says so, and the others show their calls', async () => {
  const client = await openLiveClient();
  await client.waitUntil('the reason', () => {
    const link = callsLinkOf(client, 'rome');
    return link?.state === 'down' && link.reason === 'permission-denied';
  });
  const calls = [rome, berlin].map((pbx) => talk(pbx()));
  await waitForLines(client, TALKING('berlin'));
  expect(client.isLive()).toBe(true);
  for (const call of calls) call.hangUp();
});
