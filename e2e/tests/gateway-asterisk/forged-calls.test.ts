import { afterEach, describe, expect, it } from 'vitest';
import { numberFor } from '../../testkit/asterisk/calls-config.ts';
import { linesByPerson } from '../../testkit/calls/call-lines.ts';
import { PEOPLE } from '../../testkit/calls/call-site.ts';
import { callsEnv } from '../../testkit/gateway/start-gateway.ts';
import { describeEachCallSite } from '../../testkit/calls/each-call-site.ts';
import type { BoardClient } from '../../testkit/clients/board-client.ts';
import type { UserName } from '../../testkit/pbx/pbx-under-test.ts';
import { openTestSite } from '../../testkit/site/test-site.ts';

const { A, O, C } = PEOPLE;

/** A text that ends its block and begins another one; chan_pjsip cuts it at 79 bytes. */
const forging = (...lines: readonly string[]) => `\r\n\r\n${lines.join('\r\n')}\r\n\r\n`;
const CHANNEL = forging('Event: CoreShowChannel', 'Channel: PJSIP/1103-00000001', 'BridgeId: x');
const STATE = forging('Event: Newstate', 'Channel: PJSIP/1101-00000000', 'ChannelState: 5');
const END = forging('Event: CoreShowChannelsComplete', 'ListItems: 0');
const LAMP = forging('Event: ExtensionStatus', 'Exten: 1103', 'Context: default', 'Status: 8');
/** No line break gets into a name, but escapes do. */
const NAME = `\\r\\n\\r\\nEvent: Hangup\\r\\n\u202e\u0007"x`;

/** What is dialled, as whom, and what O and the caller show then. */
const ATTACKS = [
  { to: O, number: CHANNEL, lines: { O: /^rings, from \S+ \S.*$/, X: /^\S+ \S.*: calling O$/ } },
  { to: O, number: `030${STATE}`, lines: { O: /^rings, from 030\S* \S.*$/, X: /^030\S* \S.*: calling O$/ } },
  { to: numberFor.service(CHANNEL), number: LAMP, lines: { X: /^\S+ \S.*: in a menu$/ } },
  { to: numberFor.service(LAMP), number: '030555', lines: { X: /^030555 \S.*: in a menu$/ } },
  // Asterisk cuts the name of a Local channel at a slash.
  {
    to: numberFor.throughLocal(`1${END}`),
    number: `030${END}`,
    lines: { O: /^rings, from 030\S* \S.*$/, X: /^030\S* \S.*: calling O$/ },
  },
];

const USERS: readonly UserName[] = ['calls', 'callsUnfiltered', 'callsReporting'];

await describeEachCallSite((pbx) => {
  const site = () => pbx().site;
  afterEach(() => site().clear());

  /** A and C talk; `seen` is all that the client was told of them since, and of their lamps. */
  async function watchTalk(user: UserName) {
    const { client } = await openTestSite(pbx(), { env: callsEnv(user) });
    await client.waitUntil('the calls to be live', () => client.callsLink()?.state === 'live');
    await site().A.dial(C);
    await site().C.answer();
    await linesAre(client, { A: ['talks with C'], C: ['talks with A'] });
    const seen = new Set<string>();
    const note = () => {
      const lines = linesByPerson(client.calls());
      const lamps = [A, C].map((exten) => client.extension(`${exten}@default`).lamp);
      seen.add(JSON.stringify([lines.get('A'), lines.get('C'), lamps]));
    };
    note();
    client.socket.on('delta', note);
    return { client, seen };
  }

  const isListSplit = () =>
    pbx().withSession(async (ami) =>
      (await ami.list({ Action: 'CoreShowChannels' })).some(({ fields }) => fields['bridgeid'] === undefined),
    );

  async function linesAre(client: BoardClient, expected: Record<string, unknown>): Promise<void> {
    const read = () => Object.fromEntries(linesByPerson(client.calls()));
    await expect.poll(read, { timeout: 5000, interval: 10 }).toEqual(expected);
  }

  describe.each(USERS)('as %s', (user) => {
    it('[CM12] [CL2] [CL4] numbers, names, extensions and Local channels that a caller forges change no other call: S41', async () => {
      const { client, seen } = await watchTalk(user);
      const talk = { A: ['talks with C'], C: ['talks with A'] };
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
});
