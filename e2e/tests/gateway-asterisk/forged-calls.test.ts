import { afterEach, describe, expect, it } from 'vitest';
import { numberFor } from '../../testkit/asterisk/calls-config.ts';
import { linesByPerson } from '../../testkit/calls/call-lines.ts';
import { PEOPLE } from '../../testkit/calls/call-site.ts';
import { callsEnv } from '../../testkit/gateway/start-gateway.ts';
import { createRandom } from '@lampboard/demo-pbx';
import { forging, randomForgery } from '../../testkit/calls/forged-texts.ts';
import { describeEachCallSite } from '../../testkit/calls/each-call-site.ts';
import type { BoardClient } from '../../testkit/clients/board-client.ts';
import type { UserName } from '../../testkit/pbx/pbx-under-test.ts';
import { openTestSite } from '../../testkit/site/test-site.ts';

const { O, C } = PEOPLE;

const CHANNEL = forging('Event: CoreShowChannel', 'Channel: PJSIP/1103-00000001', 'BridgeId: x');
const STATE = forging('Event: Newstate', 'Channel: PJSIP/1101-00000000', 'ChannelState: 5');
const END = forging('Event: CoreShowChannelsComplete', 'ListItems: 0');
const TWICE = '030\r\nChannel: PJSIP/1103-00000001\r\nChannelState: 4\r\nUniqueid: 1.1\r\nx: ';
const LAMP = forging('Event: ExtensionStatus', 'Exten: 1103', 'Context: default', 'Status: 8');
/** No line break gets into a name, but escapes do. */
const NAME = `\\r\\n\\r\\nEvent: Hangup\\r\\n\u202e\u0007"x`;

/** The dialled number, the caller, and what O and the caller then show. */
const ATTACKS = [
  { to: O, number: CHANNEL, lines: { O: /^rings, from \S+ \S.*$/, X: /^\S+ \S.*: calling O$/ } },
  { to: O, number: `030${STATE}`, lines: { O: /^rings, from 030\S* \S.*$/, X: /^030\S* \S.*: calling O$/ } },
  { to: O, number: TWICE, lines: { O: /^rings, from 030\S* \S.*$/, X: /^030\S* \S.*: calling O$/ } },
  { to: numberFor.service(CHANNEL), number: LAMP, lines: { X: /^\S+ \S.*: in a menu$/ } },
  { to: numberFor.service(LAMP), number: '030555', lines: { X: /^030555 \S.*: in a menu$/ } },
  // Asterisk cuts the name of a Local channel at a slash.
  {
    to: numberFor.throughLocal(`1${END}`),
    number: `030${END}`,
    lines: { O: /^rings, from 030\S* \S.*$/, X: /^030\S* \S.*: calling O$/ },
  },
];

/** Of an item of Asterisk's list. */
const HEADERS = 20;
/** Of the generated ones. */
const FORGERIES = Number(process.env['FORGED_CALLS'] ?? 200);

const USERS: readonly UserName[] = ['calls', 'callsUnfiltered', 'callsReporting'];

await describeEachCallSite((pbx) => {
  const site = () => pbx().site;
  afterEach(() => site().clear());

  /** A and C talk; `seen` is all that the client was sent since of any lines and lamps but those of O and X. */
  async function watchTalk(user: UserName) {
    const { client } = await openTestSite(pbx(), { env: callsEnv(user) });
    await client.waitUntil('the calls to be live', () => client.callsLink()?.state === 'live');
    await site().A.dial(C);
    await site().C.answer();
    await linesAre(client, talk);
    const seen = new Set<string>();
    const note = () => {
      const isOther = ([role]: readonly [string, unknown]) => role !== 'O' && role !== 'X';
      const lines = [...linesByPerson(client.calls())]
        .filter(isOther)
        .map(([role, texts]) => `${role} ${texts.join()}`);
      const lamps = [...client.board().extensions.values()].filter(({ exten }) => exten !== O);
      seen.add(JSON.stringify([lines.toSorted(), lamps.map(({ id, lamp }) => [id, lamp])]));
    };
    note();
    client.socket.on('delta', note);
    return { client, seen };
  }

  const talk = { A: ['talks with C'], C: ['talks with A'] };

  const isListSplit = () =>
    pbx().withSession(async (ami) =>
      (await ami.list({ Action: 'CoreShowChannels' })).some(
        ({ text }) => text.split('\r\n').length !== HEADERS,
      ),
    );

  async function linesAre(client: BoardClient, expected: Record<string, unknown>): Promise<void> {
    const read = () => Object.fromEntries(linesByPerson(client.calls()));
    await expect.poll(read, { timeout: 5000, interval: 10 }).toEqual(expected);
  }

  describe.each(USERS)('as %s', (user) => {
    it('[CM12] [CL2] [CL4] numbers, names, extensions and Local channels that a caller forges change no other call: S41', async () => {
      const { client, seen } = await watchTalk(user);
      for (const { to, number, lines } of ATTACKS) {
        await site().X.call(to, { number, name: NAME });
        const shown = Object.entries(lines).map(([role, line]) => [role, [expect.stringMatching(line)]]);
        await linesAre(client, { ...talk, ...Object.fromEntries(shown) });
        expect(await isListSplit()).toBe(true);
        site().X.hangUp();
        await linesAre(client, talk);
      }
      expect(seen.size).toBe(1);
      await site().A.hangUp();
      await linesAre(client, {});
    });
  });

  it(
    `[CM12] [CL2] [CL4] nor do ${FORGERIES} generated ones: S41`,
    async () => {
      const seed = Math.floor(Math.random() * 2 ** 32);
      const random = createRandom({ seed });
      const { client, seen } = await watchTalk('calls');
      for (let count = 0; count < FORGERIES; count += 1) {
        const { extension, number, name } = randomForgery(random);
        // Locals ring O, whose telephone cannot read every number.
        const isLocal = random.chance(0.3) && !extension.includes('/');
        const to = isLocal ? numberFor.throughLocal(`1${extension}`) : numberFor.service(extension);
        await site().X.call(to, { number: isLocal ? '030555' : number, name });
        // Most end before they are listed whole.
        const isShown = () => site().X.isOver() || linesByPerson(client.calls()).has('X');
        if (random.chance(0.1)) await client.waitUntil(JSON.stringify({ to, number, name }), isShown);
        site().X.hangUp();
        expect(seen.size, `seed ${seed}, call ${count}`).toBe(1);
      }
      await linesAre(client, talk);
      expect(seen.size, `seed ${seed}`).toBe(1);
    },
    60_000 + FORGERIES * 100,
  );
});
